package io.kombine.system.crash;

import static io.kombine.system.crash.Work.APPROVED;
import static io.kombine.system.crash.Work.CHAIN;
import static io.kombine.system.crash.Work.LOCAL;
import static io.kombine.system.crash.Work.POLLED;
import static io.kombine.system.crash.Work.SYNCHRONOUS;
import static io.kombine.system.crash.Work.TWO_SYNCHRONOUS;

import io.kombine.system.crash.CrashRow.Decision;
import io.kombine.system.crash.CrashRow.Moment;
import io.kombine.worker.crash.CrashPoint;
import java.util.ArrayList;
import java.util.List;

/** All rows of the table, in its order. */
final class CrashRows {

  static final String IMAGES = "i2i-worker";
  static final String VIDEOS = "i2v-worker";
  static final String API = "batch-api";
  static final String UPLOADER = "drive-uploader";

  private CrashRows() {}

  static List<CrashRow> all() {
    List<CrashRow> rows = new ArrayList<>();
    rows.addAll(synchronous());
    rows.addAll(polled());
    rows.addAll(local());
    rows.addAll(chain());
    rows.addAll(submit());
    rows.addAll(admission());
    rows.addAll(events());
    rows.addAll(manifest());
    rows.addAll(cancel());
    rows.addAll(delivery());
    return rows;
  }

  private static List<CrashRow> synchronous() {
    return List.of(
        CrashRow.at(IMAGES, CrashPoint.STEP_RESERVED, SYNCHRONOUS)
            .finding("claim RESERVED, 0 billed")
            .then("takes the claim when its lease has run out, and calls"),
        CrashRow.at(IMAGES, CrashPoint.CALL_BEGUN, SYNCHRONOUS)
            .finding("claim CALLING, 0 billed")
            .then("cannot know that no call was made, and asks a person; *retry* runs it")
            .unknown(0, 0, Decision.RETRY),
        CrashRow.killed(IMAGES, SYNCHRONOUS)
            .finding("claim CALLING, 1 billed")
            .then("the answer is lost, and nobody can be asked for it: asks a person")
            .unknown(1, 1, Decision.GIVE_UP),
        CrashRow.at(IMAGES, CrashPoint.CALL_ANSWERED, SYNCHRONOUS)
            .finding("claim CALLING, 1 billed")
            .then("the answer is lost, and nobody can be asked for it: asks a person")
            .unknown(1, 1, Decision.GIVE_UP),
        CrashRow.at(IMAGES, CrashPoint.OUTPUTS_STORED, SYNCHRONOUS)
            .finding("claim CALLING, 1 billed")
            .then("nothing says what the stored bytes are of: asks a person")
            .unknown(1, 1, Decision.GIVE_UP),
        CrashRow.at(IMAGES, CrashPoint.RECEIPT_STORED, SYNCHRONOUS)
            .finding("claim CALLING, receipt, 1 billed")
            .then("settles from the receipt"),
        CrashRow.at(IMAGES, CrashPoint.STEP_SETTLED, SYNCHRONOUS)
            .finding("claim SETTLED, receipt, 1 billed")
            .then("answers from the claim"),
        CrashRow.at(IMAGES, CrashPoint.STEP_PUBLISHED, SYNCHRONOUS)
            .finding("claim SETTLED, receipt, 1 billed")
            .then("answers from the claim once more; readers merge"),
        CrashRow.at(IMAGES, CrashPoint.RECORD_HANDLED, SYNCHRONOUS)
            .finding("claim SETTLED and published, receipt, 1 billed")
            .then("answers from the claim once more; readers merge"));
  }

  private static List<CrashRow> polled() {
    return List.of(
        CrashRow.at(VIDEOS, CrashPoint.STEP_RESERVED, POLLED)
            .finding("claim RESERVED, 0 billed")
            .then("takes the claim when its lease has run out, and calls"),
        CrashRow.at(VIDEOS, CrashPoint.CALL_BEGUN, POLLED)
            .finding("claim CALLING, 0 billed")
            .then("asks by the call's own id, hears that there is no such task, and calls"),
        CrashRow.at(VIDEOS, CrashPoint.CALL_ACCEPTED, POLLED)
            .finding("claim CALLING, 1 billed")
            .then("asks by the call's own id, and follows the task"),
        CrashRow.at(VIDEOS, CrashPoint.CALL_SUBMITTED, POLLED)
            .finding("claim SUBMITTED, 1 billed")
            .then("asks by the provider's id, and follows the task"),
        CrashRow.at(VIDEOS, CrashPoint.CALL_ANSWERED, POLLED)
            .finding("claim SUBMITTED, 1 billed")
            .then("asks by the provider's id, and fetches the video again"),
        CrashRow.at(VIDEOS, CrashPoint.OUTPUTS_STORED, POLLED)
            .finding("claim SUBMITTED, 1 billed")
            .then("asks by the provider's id, and fetches the video again"),
        CrashRow.at(VIDEOS, CrashPoint.RECEIPT_STORED, POLLED)
            .finding("claim SUBMITTED, receipt, 1 billed")
            .then("settles from the receipt"),
        CrashRow.at(VIDEOS, CrashPoint.STEP_SETTLED, POLLED)
            .finding("claim SETTLED, receipt, 1 billed")
            .then("answers from the claim"),
        CrashRow.at(VIDEOS, CrashPoint.STEP_PUBLISHED, POLLED)
            .finding("claim SETTLED, receipt, 1 billed")
            .then("answers from the claim once more; readers merge"),
        CrashRow.at(VIDEOS, CrashPoint.RECORD_HANDLED, POLLED)
            .finding("claim SETTLED and published, receipt, 1 billed")
            .then("answers from the claim once more; readers merge"));
  }

  private static List<CrashRow> local() {
    return List.of(
        CrashRow.at(IMAGES, CrashPoint.CALL_BEGUN, LOCAL)
            .finding("claim CALLING, 0 billed")
            .then("calls: repeating is harmless"),
        CrashRow.at(IMAGES, CrashPoint.CALL_ANSWERED, LOCAL)
            .finding("claim CALLING, 0 billed")
            .then("calls again: repeating is harmless")
            .begun(2));
  }

  private static List<CrashRow> chain() {
    return List.of(
        CrashRow.at(IMAGES, CrashPoint.STEP_SETTLED, CHAIN)
            .finding("claim SETTLED, receipt, 1 billed")
            .then("answers from the claim, and passes the image on"),
        CrashRow.at(IMAGES, CrashPoint.STEP_PUBLISHED, CHAIN)
            .finding("claim SETTLED, receipt, 1 billed")
            .then("passes the image on once more; the video's claim knows its step"));
  }

  private static List<CrashRow> submit() {
    return List.of(
        CrashRow.at(API, CrashPoint.PLAN_WRITTEN, SYNCHRONOUS)
            .finding("no batch")
            .then("the client asks again with its idempotency key, and the batch is written"),
        CrashRow.at(API, CrashPoint.BATCH_ACCEPTED, SYNCHRONOUS)
            .finding("1 batch")
            .then("the client asks again with its idempotency key, and hears of the batch"));
  }

  private static List<CrashRow> admission() {
    return List.of(
        CrashRow.at(API, CrashPoint.ADMISSION_DECIDED, TWO_SYNCHRONOUS)
            .finding("2 READY")
            .then("the next pass admits"),
        CrashRow.at(API, CrashPoint.ADMISSION_COMMITTED, TWO_SYNCHRONOUS)
            .finding("2 QUEUED, 2 not announced")
            .then("publishes what is not announced"),
        CrashRow.at(API, CrashPoint.STEP_SENT, TWO_SYNCHRONOUS)
            .finding("2 QUEUED, 2 not announced")
            .then("publishes what is not announced; the claim knows a step that comes twice"),
        CrashRow.at(API, CrashPoint.STEPS_ACKNOWLEDGED, TWO_SYNCHRONOUS)
            .finding("2 QUEUED, 2 not announced")
            .then("publishes both again; their claims know them"),
        CrashRow.at(API, CrashPoint.STEPS_ANNOUNCED, TWO_SYNCHRONOUS)
            .finding("2 QUEUED")
            .then("applies what the worker has said meanwhile"));
  }

  private static List<CrashRow> events() {
    return List.of(
        CrashRow.at(API, CrashPoint.EVENTS_APPLIED, SYNCHRONOUS)
            .when(Moment.RUNNING)
            .finding("1 RUNNING")
            .then("reads from the offset in its database, and applies them"),
        CrashRow.at(API, CrashPoint.EVENTS_COMMITTED, SYNCHRONOUS)
            .when(Moment.RUNNING)
            .finding("1 SUCCEEDED")
            .then("reads on behind them, from the offset in its database"));
  }

  private static List<CrashRow> manifest() {
    return List.of(
        CrashRow.at(API, CrashPoint.MANIFEST_STORED, SYNCHRONOUS)
            .finding("1 SUCCEEDED, no manifest")
            .then("writes the manifest again"),
        CrashRow.at(API, CrashPoint.MANIFEST_PLANNED, SYNCHRONOUS)
            .finding("1 SUCCEEDED, manifest PENDING, not announced")
            .then("publishes its delivery"),
        CrashRow.at(API, CrashPoint.DELIVERIES_ACKNOWLEDGED, SYNCHRONOUS)
            .finding("1 SUCCEEDED, manifest PENDING, not announced")
            .then("publishes its delivery again; the uploader's row knows it"));
  }

  private static List<CrashRow> cancel() {
    return List.of(
        CrashRow.at(API, CrashPoint.CANCEL_WRITTEN, APPROVED)
            .when(Moment.CANCELLED)
            .finding("hold NONE")
            .then("the client cancels again")
            .kept(),
        CrashRow.at(API, CrashPoint.CANCEL_COMMITTED, APPROVED)
            .when(Moment.CANCELLED)
            .finding("hold CANCELLED, control not announced")
            .then("tells the workers; the client asks again and hears that they have confirmed")
            .kept(),
        CrashRow.at(API, CrashPoint.CONTROLS_ACKNOWLEDGED, APPROVED)
            .when(Moment.CANCELLED)
            .finding("hold CANCELLED, control not announced")
            .then("tells the workers again; the control's sequence is the same")
            .kept(),
        CrashRow.at(IMAGES, CrashPoint.CONTROL_READ, APPROVED)
            .when(Moment.CANCELLED)
            .finding("no control")
            .then("reads all controls before its first claim, and confirms")
            .kept(),
        CrashRow.at(IMAGES, CrashPoint.CONTROL_RECORDED, APPROVED)
            .when(Moment.CANCELLED)
            .finding("control CANCELLED")
            .then("reads all controls before its first claim, and confirms")
            .kept());
  }

  private static List<CrashRow> delivery() {
    return List.of(
        CrashRow.at(UPLOADER, CrashPoint.FILE_RECORDED, SYNCHRONOUS)
            .finding("file PENDING, not there")
            .then("goes on with the recorded id"),
        CrashRow.at(UPLOADER, CrashPoint.FOLDERS_RECORDED, SYNCHRONOUS)
            .finding("folder recorded, not there; file PENDING, not there")
            .then("creates the folders under their recorded ids"),
        CrashRow.at(UPLOADER, CrashPoint.FOLDERS_CREATED, SYNCHRONOUS)
            .finding("folder recorded, there; file PENDING, not there")
            .then("creates the folders again: 'exists already' is success"),
        CrashRow.at(UPLOADER, CrashPoint.FILE_UPLOADED, SYNCHRONOUS)
            .finding("folder created, there; file PENDING, there")
            .then("uploads again: 'exists already' is success"),
        CrashRow.at(UPLOADER, CrashPoint.FILE_SETTLED, SYNCHRONOUS)
            .finding("folder created, there; file DELIVERED, there")
            .then("answers from the file's row"),
        CrashRow.at(UPLOADER, CrashPoint.FILE_PUBLISHED, SYNCHRONOUS)
            .finding("folder created, there; file DELIVERED, there")
            .then("answers from the file's row once more; readers merge"),
        CrashRow.at(UPLOADER, CrashPoint.RECORD_HANDLED, SYNCHRONOUS)
            .finding("folder created, there; file DELIVERED, there")
            .then("answers from the file's row once more; readers merge"));
  }
}
