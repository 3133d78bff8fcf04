package io.kombine.system.soak.drive;

import io.kombine.local.client.KombineClient;
import io.kombine.local.client.ProblemException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Decides steps whose outcome nobody could learn: calls them again or gives them up, as the seed
 * has it, and approves what waits for an approval. For one thread.
 */
final class Decisions {

  private final long seed;
  private final List<KombineClient> gateways;
  private final Consumer<String> journal;
  private final Map<UUID, Integer> retries = new HashMap<>();
  private int asked;
  private int givenUp;

  /** A step that waits for a decision. */
  record Open(UUID batchId, String batch, UUID stepId, int ordinal) {}

  Decisions(long seed, List<KombineClient> gateways, Consumer<String> journal) {
    this.seed = seed;
    this.gateways = gateways;
    this.journal = journal;
  }

  void decide(List<Open> open) throws InterruptedException {
    for (Open step : open) {
      boolean again =
          new SplittableRandom(Objects.hash(seed, step.batch(), step.ordinal(), times(step)))
              .nextBoolean();
      String path = "/api/batches/%s/steps/%s/decision".formatted(step.batchId(), step.stepId());
      try {
        gateway().post(path, "{\"decision\":\"%s\"}".formatted(again ? "retry" : "give_up"), null);
        journal.accept("decided %s for %s".formatted(again ? "retry" : "give up", step));
        count(step, again);
      } catch (ProblemException e) {
        // why none: its own worker has told its end meanwhile, or it is asked again
        journal.accept("no decision for %s: %s".formatted(step, e.getMessage()));
      } catch (IOException e) {
        // why counted: the decision may have been taken
        journal.accept("perhaps decided %s for %s".formatted(again, step));
        count(step, again);
      }
    }
  }

  void approve(Iterable<UUID> batches) throws InterruptedException {
    for (UUID batch : batches) {
      try {
        gateway().post("/api/batches/" + batch + "/approvals", "{\"all\":true}", null);
      } catch (IOException | ProblemException e) {
        // why nothing: it is asked again
        journal.accept("no approval of %s: %s".formatted(batch, e.getMessage()));
      }
    }
  }

  private int times(Open step) {
    return retries.getOrDefault(step.stepId(), 0);
  }

  private void count(Open step, boolean again) {
    if (again) {
      retries.merge(step.stepId(), 1, Integer::sum);
    } else {
      givenUp++;
    }
  }

  private KombineClient gateway() {
    return gateways.get(asked++ % gateways.size());
  }

  /** How often each step was called again by decision. */
  Map<UUID, Integer> retries() {
    return Map.copyOf(retries);
  }

  int retried() {
    return retries.values().stream().mapToInt(Integer::intValue).sum();
  }

  int givenUp() {
    return givenUp;
  }
}
