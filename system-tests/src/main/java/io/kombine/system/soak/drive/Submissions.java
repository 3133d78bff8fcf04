package io.kombine.system.soak.drive;

import io.kombine.local.client.KombineClient;
import io.kombine.local.client.ProblemException;
import io.kombine.system.PipelineOrder;
import io.kombine.system.soak.schedule.BatchShape;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Submits batches through the gateways in turn, each again with its idempotency key until one has
 * accepted it. Thread-safe.
 */
final class Submissions {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;

  private final long seed;
  private final List<KombineClient> gateways;
  private final List<String> sources;
  private final Consumer<String> journal;
  private final Map<String, UUID> accepted = new ConcurrentHashMap<>();
  private final Map<UUID, Integer> steps = new ConcurrentHashMap<>();

  Submissions(
      long seed, List<KombineClient> gateways, List<String> sources, Consumer<String> journal) {
    this.seed = seed;
    this.gateways = gateways;
    this.sources = sources;
    this.journal = journal;
  }

  void submit(int number, BatchShape shape) throws InterruptedException {
    String name = "seed %d batch %d".formatted(seed, number);
    // why the batch's before: asks for the same, so that it may have what that made
    String words = "seed %d batch %d".formatted(seed, shape.reuse() ? number - 1 : number);
    String body = order(name, words, shape).json(shape.approval(), shape.reuse());
    Instant deadline = Instant.now().plus(LIMIT);
    for (int tried = 0; ; tried++) {
      KombineClient gateway = gateways.get((number + tried) % gateways.size());
      try {
        UUID id = gateway.submit(body, name.replace(' ', '-'));
        steps.put(id, shape.steps());
        accepted.put(name, id);
        journal.accept("%s is %s with %d steps".formatted(name, id, shape.steps()));
        return;
      } catch (IOException e) {
        giveUpAfter(deadline, name, e);
      } catch (ProblemException e) {
        if (e.status() >= BAD_REQUEST && e.status() < SERVER_ERROR && e.status() != CONFLICT) {
          throw e;
        }
        giveUpAfter(deadline, name, e);
      }
      Thread.sleep(AGAIN);
    }
  }

  private static void giveUpAfter(Instant deadline, String name, Exception last) {
    if (Instant.now().isAfter(deadline)) {
      throw new IllegalStateException(
          "%s was not accepted within %d s".formatted(name, LIMIT.toSeconds()), last);
    }
  }

  private PipelineOrder order(String name, String words, BatchShape shape) {
    return new PipelineOrder(
        name,
        sources.subList(0, shape.sources()),
        "gpt-image-2.5-flare",
        prompts(words + " image", shape.imagePrompts()),
        shape.imagesPerPrompt(),
        "kling-v2-6",
        prompts(words + " video", shape.videoPrompts()));
  }

  private static List<String> prompts(String words, int count) {
    return IntStream.range(0, count).mapToObj(n -> words + " " + n).toList();
  }

  /** What was accepted so far, by name. */
  Map<String, UUID> accepted() {
    return Map.copyOf(accepted);
  }

  /** How many steps an accepted batch was planned with. */
  int steps(UUID batchId) {
    return steps.getOrDefault(batchId, 0);
  }
}
