package io.kombine.local.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Follows a batch to its end over the event stream, and takes the stream up again where it breaks
 * off or the gateway has to catch up first, at most 60 times in a row without an event.
 */
public final class Watch {

  private static final Set<String> ENDED =
      Set.of("COMPLETED", "COMPLETED_WITH_FAILURES", "FAILED", "CANCELLED");

  private static final int UNAVAILABLE = 503;
  private static final int MOST_BREAKS = 60;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KombineClient client;
  private final ProgressLine progress;
  private int breaks;

  public Watch(KombineClient client, ProgressLine progress) {
    this.client = client;
    this.progress = progress;
  }

  /** Whether a status is one that a batch ends in. */
  public static boolean hasEnded(JsonNode status) {
    return ENDED.contains(status.path("status").asString(""));
  }

  /**
   * Shows what happens until the batch has ended.
   *
   * @return its final status
   */
  public JsonNode toTheEnd(UUID batchId) throws IOException, InterruptedException {
    String lastEventId = null;
    while (breaks < MOST_BREAKS) {
      lastEventId = part(batchId, lastEventId);
      JsonNode status = status(batchId);
      if (status != null && hasEnded(status)) {
        progress.show(status);
        progress.end();
        return status;
      }
      breaks++;
      Thread.sleep(PAUSE);
    }
    throw new IOException("The event stream of batch " + batchId + " broke off too often");
  }

  private @Nullable JsonNode status(UUID batchId) throws InterruptedException {
    try {
      return client.batch(batchId);
    } catch (IOException e) {
      return null;
    } catch (ProblemException e) {
      if (e.status() == UNAVAILABLE) {
        return null;
      }
      throw e;
    }
  }

  private @Nullable String part(UUID batchId, @Nullable String lastEventId)
      throws InterruptedException {
    try {
      return client.follow(
          batchId,
          lastEventId,
          (name, data) -> {
            breaks = 0;
            progress.show(data);
            return !hasEnded(data);
          });
    } catch (IOException e) {
      return lastEventId;
    } catch (ProblemException e) {
      if (e.status() == UNAVAILABLE) {
        return lastEventId;
      }
      throw e;
    }
  }
}
