package io.kombine.i2v.provider.fal;

import io.kombine.contracts.StopOutcome;
import io.kombine.i2v.provider.fal.FalExchange.Answered;
import io.kombine.i2v.remote.VideoFetch;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The requests of one account, from their submission to the stored video. Thread-safe. */
final class FalQueue {

  /** How often in a row fal may deny a request that it took, or fail to give its result. */
  private static final int TRIES = 3;

  /** For the result: what the timeout of a video leaves out. */
  private static final Duration ASIDE = Duration.ofMinutes(2);

  private final FalClient client;
  private final FalAccount account;
  private final VideoFetch videos;
  private final Clock clock;

  FalQueue(FalClient client, FalAccount account, VideoFetch videos, Clock clock) {
    this.client = client;
    this.account = account;
    this.videos = videos;
    this.clock = clock;
  }

  Duration hardTimeout() {
    return account.timeout().plus(ASIDE);
  }

  /** Makes the one paid request, and sees it to its end. */
  ProviderOutcome make(ProviderCall call, FalApp app, FalOrder order) throws InterruptedException {
    return switch (client.submit(call.idempotencyKey(), app, order)) {
      case FalExchange.NotSent _ ->
          new ProviderOutcome.Retry("fal could not be reached; nothing was sent.");
      case FalExchange.Lost _ ->
          new ProviderOutcome.Ambiguous(
              "fal's answer to the submission was lost, and fal cannot be asked for it.");
      case Answered answer when answer.succeeded() -> {
        String id = requestId(answer);
        yield id == null
            ? new ProviderOutcome.Ambiguous("fal took the request, but named no id for it.")
            : follow(call, app, id);
      }
      case Answered answer -> FalErrors.refused(answer);
    };
  }

  private static @Nullable String requestId(Answered answer) {
    String told = answer.body().path("request_id").asString("");
    String id = told.isEmpty() ? answer.requestId() : told;
    return id != null && FalApp.isRequestId(id) ? id : null;
  }

  /** Waits for a request's end; stops it where the batch is cancelled. */
  ProviderOutcome follow(ProviderCall call, FalApp app, String id) throws InterruptedException {
    call.submitted(id);
    Instant end = clock.instant().plus(account.timeout());
    boolean begun = false;
    boolean asked = false;
    int denials = 0;
    while (clock.instant().isBefore(end)) {
      if (client.status(call.idempotencyKey(), app, id) instanceof Answered answer) {
        String status = answer.body().path("status").asString("");
        if (answer.succeeded()) {
          denials = 0;
          begun |= status.equals("IN_PROGRESS");
          if (status.equals("COMPLETED")) {
            return asked && saysCancelled(answer)
                ? stopped(id, begun)
                : ended(call, app, id, answer);
          }
        } else if (asked && answer.status() == 404) {
          return stopped(id, begun);
        } else if (!passing(answer) && ++denials == TRIES) {
          return new ProviderOutcome.Ambiguous(
              "fal took request %s, but no longer answers for it (%d)."
                  .formatted(id, answer.status()));
        }
      }
      if (call.cancelled() && !asked) {
        // why once: fal has heard it, and what it makes of it is seen by asking on
        asked =
            client.cancel(call.idempotencyKey(), app, id) instanceof Answered answer
                && !passing(answer);
      } else {
        rest(call);
      }
    }
    return new ProviderOutcome.Ambiguous(
        "fal has not finished request %s within %d s."
            .formatted(id, account.timeout().toSeconds()));
  }

  private static boolean passing(Answered answer) {
    return answer.status() >= 500 || answer.status() == 429 || answer.status() == 408;
  }

  private static boolean saysCancelled(Answered status) {
    String error =
        status.body().path("error_type").asString("") + status.body().path("error").asString("");
    return error.toLowerCase(Locale.ROOT).contains("cancel");
  }

  private static ProviderOutcome stopped(String id, boolean begun) {
    return begun
        ? new ProviderOutcome.Stopped(
            "fal has stopped request %s, which had begun.".formatted(id),
            StopOutcome.CHARGE_UNKNOWN,
            Charge.unknown())
        : new ProviderOutcome.Stopped(
            "fal has taken request %s out of its queue.".formatted(id),
            StopOutcome.STOPPED_FREE,
            Charge.none());
  }

  /** The time between two questions, cut short by a cancel once. */
  private void rest(ProviderCall call) throws InterruptedException {
    Duration pause = account.pollInterval();
    if (call.cancelled()) {
      Thread.sleep(pause);
    } else {
      call.pause(pause);
    }
  }

  private ProviderOutcome ended(ProviderCall call, FalApp app, String id, Answered status)
      throws InterruptedException {
    String error = status.body().path("error_type").asString("");
    boolean failed = !error.isEmpty() || !status.body().path("error").isMissingNode();
    FalExchange result = client.result(call.idempotencyKey(), app, id);
    if (failed) {
      return result instanceof Answered answer && !answer.succeeded() && answer.status() != 429
          ? FalErrors.refused(answer)
          : FalErrors.failed(error);
    }
    if (result instanceof Answered answer && !answer.succeeded() && !passing(answer)) {
      return FalErrors.refused(answer);
    }
    return videos.take(
        id,
        tried -> {
          FalExchange last = result;
          if (tried > 0) {
            rest(call);
            last = client.result(call.idempotencyKey(), app, id);
          }
          String url =
              last instanceof Answered answer
                  ? answer.body().path("video").path("url").asString("")
                  : "";
          return url.isEmpty() ? null : url;
        });
  }
}
