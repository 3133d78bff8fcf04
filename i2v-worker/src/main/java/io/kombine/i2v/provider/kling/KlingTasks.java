package io.kombine.i2v.provider.kling;

import io.kombine.i2v.provider.kling.KlingExchange.Answered;
import io.kombine.i2v.remote.VideoFetch;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tasks of one account, from their creation to the stored video. Thread-safe. */
final class KlingTasks {

  /** How often a question is put before it counts as not answered. */
  private static final int TRIES = 3;

  /** For finding a lost task and for the result: what the timeout of a video leaves out. */
  private static final Duration ASIDE = Duration.ofMinutes(2);

  private final KlingClient client;
  private final KlingAccount account;
  private final VideoFetch videos;
  private final Clock clock;

  KlingTasks(KlingClient client, KlingAccount account, VideoFetch videos, Clock clock) {
    this.client = client;
    this.account = account;
    this.videos = videos;
    this.clock = clock;
  }

  Duration hardTimeout() {
    return account.timeout().plus(ASIDE);
  }

  /** Makes the one paid request, and sees it to its end. */
  ProviderOutcome make(ProviderCall call, KlingOrder order) throws InterruptedException {
    KlingExchange created = client.create(order);
    if (created instanceof Answered answer && KlingErrors.tokenOutOfTime(answer)) {
      created = client.create(order); // why: refused for its token's time alone, with a fresh one
    }
    return switch (created) {
      case KlingExchange.NotSent _ ->
          new ProviderOutcome.Retry("Kling could not be reached; nothing was sent.");
      case KlingExchange.Lost _ ->
          search(
              call,
              new ProviderOutcome.Ambiguous(
                  "Kling's answer to the creation was lost, and Kling cannot be asked for it."));
      case Answered answer when answer.succeeded() -> {
        String id = id(answer);
        yield id == null
            ? search(call, new ProviderOutcome.Ambiguous("Kling named no task."))
            : follow(call, id);
      }
      // why: behind these may stand a task that was made after all, and asking is free
      case Answered answer when answer.status() >= 500 || answer.reply().code() == 1201 ->
          search(call, KlingErrors.refused(answer));
      case Answered answer -> KlingErrors.refused(answer);
    };
  }

  /** Sees a task to its end that another process has created. */
  Optional<ProviderOutcome> find(ProviderCall call) throws InterruptedException {
    return switch (found(call, 1)) {
      case Answered answer when answer.succeeded() && id(answer) != null ->
          Optional.of(follow(call, String.valueOf(id(answer))));
      case Answered answer when KlingErrors.unknownTask(answer) -> Optional.empty();
      case Answered _, KlingExchange.NotSent _, KlingExchange.Lost _ ->
          Optional.of(
              new ProviderOutcome.Ambiguous("Kling cannot be asked what became of the call."));
    };
  }

  private ProviderOutcome search(ProviderCall call, ProviderOutcome otherwise)
      throws InterruptedException {
    // why several times: what was lost on its way back may not be listed at once
    KlingExchange found = found(call, otherwise instanceof ProviderOutcome.Ambiguous ? TRIES : 1);
    if (found instanceof Answered answer) {
      String id = answer.succeeded() ? id(answer) : null;
      if (id != null) {
        return follow(call, id);
      }
      if (KlingErrors.unknownTask(answer) && otherwise instanceof ProviderOutcome.Ambiguous) {
        return new ProviderOutcome.Retry("Kling says that it never took the call.");
      }
    }
    return otherwise;
  }

  /**
   * Asks by our own id, until Kling has the task or has said so often that it has none.
   *
   * @param denials how often Kling has to say that it has none
   */
  private KlingExchange found(ProviderCall call, int denials) throws InterruptedException {
    int denied = 0;
    KlingExchange last = new KlingExchange.Lost();
    for (int asked = 0; asked < denials + TRIES; asked++) {
      if (asked > 0) {
        rest(call);
      }
      last = client.task(call.idempotencyKey(), call.idempotencyKey());
      if (last instanceof Answered answer) {
        if (KlingErrors.unknownTask(answer)) {
          denied++;
          if (denied == denials) {
            return last;
          }
        } else if (!KlingErrors.passing(answer)) {
          return last;
        }
      }
    }
    return last;
  }

  private static @Nullable String id(Answered answer) {
    KlingReply.Task task = answer.reply().task();
    return task == null ? null : task.id();
  }

  /** Waits for a task's end. */
  ProviderOutcome follow(ProviderCall call, String taskId) throws InterruptedException {
    call.submitted(taskId);
    Instant end = clock.instant().plus(account.timeout());
    int refusals = 0;
    while (clock.instant().isBefore(end)) {
      if (client.task(call.idempotencyKey(), taskId) instanceof Answered answer) {
        KlingReply.Task task = answer.reply().task();
        if (answer.succeeded() && task != null) {
          refusals = 0;
          if ("succeed".equals(task.status())) {
            return deliver(call, taskId, task);
          }
          if ("failed".equals(task.status())) {
            return KlingErrors.failed(task);
          }
        } else if (!KlingErrors.passing(answer) && ++refusals == TRIES) {
          return new ProviderOutcome.Ambiguous(
              "Kling took task %s, but no longer answers for it (%d)."
                  .formatted(taskId, answer.reply().code()));
        }
      }
      rest(call);
    }
    return new ProviderOutcome.Ambiguous(
        "Kling has not finished task %s within %d s."
            .formatted(taskId, account.timeout().toSeconds()));
  }

  /** The time between two questions; Kling cannot stop a task, so that a cancel changes nothing. */
  private void rest(ProviderCall call) throws InterruptedException {
    Duration pause = account.pollInterval();
    if (call.cancelled() || call.pause(pause)) {
      Thread.sleep(pause);
    }
  }

  private ProviderOutcome deliver(ProviderCall call, String taskId, KlingReply.Task finished)
      throws InterruptedException {
    return videos.take(
        taskId,
        tried -> {
          KlingReply.Task task = finished;
          if (tried > 0) {
            rest(call);
            // why: the address may have run out, and each answer has a fresh one
            if (client.task(call.idempotencyKey(), taskId) instanceof Answered answer
                && answer.reply().task() != null) {
              task = answer.reply().task();
            }
          }
          return task == null ? null : task.videoUrl();
        });
  }
}
