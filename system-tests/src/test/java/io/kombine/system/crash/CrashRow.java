package io.kombine.system.crash;

import io.kombine.worker.crash.CrashPoint;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table: where a process dies, and what has to become of its work.
 *
 * @param service whose process dies
 * @param point where; null where it is killed while the provider works on its call
 * @param moment what leads there
 * @param there what is there while the process is gone, in the words of {@link Traces}
 * @param afterwards what the next process does about it, for readers of the table
 * @param end what the steps end in, before anybody decides
 * @param begun calls that workers began, over all processes
 * @param billed calls that the providers bill
 * @param ledger what the ledger says of them, in the words of {@link Ending}
 * @param decision about an unknown step
 */
record CrashRow(
    String service,
    @Nullable CrashPoint point,
    Work work,
    Moment moment,
    String there,
    String afterwards,
    String end,
    int begun,
    int billed,
    String ledger,
    @Nullable Decision decision) {

  /** What a batch has to come to before its process is told to die. */
  enum Moment {
    /** Nothing: the order is there when the batch is submitted. */
    SUBMITTED,
    /** Its step is running, and batch-api knows it. */
    RUNNING,
    /** Its image is done and its video waits for approval; then it is cancelled. */
    CANCELLED
  }

  /** What a person says of a step that is held. */
  enum Decision {
    RETRY,
    GIVE_UP
  }

  /** A boundary of a service; the steps succeed, each by one call that is billed once. */
  static CrashRow at(String service, CrashPoint point, Work work) {
    boolean local = work == Work.LOCAL;
    return new CrashRow(
        service,
        point,
        work,
        Moment.SUBMITTED,
        "",
        "",
        work.steps() + " succeeded",
        work.steps(),
        local ? 0 : work.steps(),
        local ? "list price" : "as billed",
        null);
  }

  /** The worker is killed while the provider works on its call. */
  static CrashRow killed(String service, Work work) {
    CrashRow row = at(service, CrashPoint.CALL_BEGUN, work);
    return new CrashRow(
        service,
        null,
        work,
        Moment.RUNNING,
        "",
        "",
        row.end,
        row.begun,
        row.billed,
        row.ledger,
        null);
  }

  CrashRow when(Moment other) {
    return new CrashRow(
        service, point, work, other, there, afterwards, end, begun, billed, ledger, decision);
  }

  CrashRow finding(String words) {
    return new CrashRow(
        service, point, work, moment, words, afterwards, end, begun, billed, ledger, decision);
  }

  CrashRow then(String words) {
    return new CrashRow(
        service, point, work, moment, there, words, end, begun, billed, ledger, decision);
  }

  CrashRow begun(int calls) {
    return new CrashRow(
        service, point, work, moment, there, afterwards, end, calls, billed, ledger, decision);
  }

  /** The batch was cancelled: its image is kept, its video never begins. */
  CrashRow kept() {
    return new CrashRow(
        service,
        point,
        work,
        moment,
        there,
        afterwards,
        "1 cancelled, 1 succeeded",
        1,
        1,
        "as billed",
        null);
  }

  /** The step is held, after so many billed calls. */
  CrashRow unknown(int calls, int bills, Decision decided) {
    return new CrashRow(
        service,
        point,
        work,
        moment,
        there,
        afterwards,
        "1 unknown",
        calls,
        bills,
        "open",
        decided);
  }

  /** The boundary's name in the table. */
  String boundary() {
    return point == null ? "killed during the call" : "`" + point + "`";
  }

  @Override
  public String toString() {
    return service + " " + (point == null ? "killed" : point) + " " + work;
  }
}
