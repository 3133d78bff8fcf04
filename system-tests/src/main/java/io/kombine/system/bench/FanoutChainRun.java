package io.kombine.system.bench;

import io.kombine.local.client.KombineClient;
import io.kombine.local.client.Watch;
import io.kombine.system.PipelineOrder;
import io.kombine.system.ProviderCalls;
import io.kombine.system.SystemUnderTest;
import io.kombine.system.TestPictures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Submits batches one after another, as fast as answers come, and waits for the last one's end. */
final class FanoutChainRun {

  static final int IMAGES = 6;
  static final int VIDEOS = 12;
  static final int STEPS = IMAGES + VIDEOS;

  private static final int WARM_UP_BATCHES = 5;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofHours(1);

  private final SystemUnderTest system;
  private final String provider;

  FanoutChainRun(SystemUnderTest system, String provider) {
    this.system = system;
    this.provider = provider;
  }

  /** Lets every process compile what it will run; without a figure. */
  void warmUp() throws IOException, InterruptedException {
    try (KombineClient client = system.client()) {
      List<String> sources = sources(client);
      List<UUID> ids = new ArrayList<>();
      for (int i = 0; i < WARM_UP_BATCHES; i++) {
        ids.add(client.submit(order("warm-up", sources), null));
      }
      awaitEnd(client, ids);
    }
  }

  Figures measure(int batches) throws IOException, InterruptedException {
    try (KombineClient client = system.client()) {
      List<String> sources = sources(client);
      List<Duration> submits = new ArrayList<>();
      List<UUID> ids = new ArrayList<>();
      try (ProcessUsage usage = ProcessUsage.of(system.stack())) {
        Instant start = Instant.now();
        for (int i = 0; i < batches; i++) {
          long before = System.nanoTime();
          ids.add(client.submit(order("fanout " + i, sources), null));
          submits.add(Duration.ofNanos(System.nanoTime() - before));
        }
        awaitEnd(client, ids);
        Instant end = Instant.now();
        ProviderCalls calls = system.calls().begunAfter(start);
        return new Figures(
            batches,
            Duration.between(start, lastEnd(calls, end)),
            Duration.between(start, end),
            usage.cpu(),
            usage.peakBytes(),
            submits,
            calls);
      }
    }
  }

  private static Instant lastEnd(ProviderCalls calls, Instant otherwise) {
    return calls.calls().stream()
        .map(call -> call.end() == null ? otherwise : call.end())
        .max(Instant::compareTo)
        .orElse(otherwise);
  }

  private List<String> sources(KombineClient client) throws IOException, InterruptedException {
    return client.upload(
        TestPictures.paint(system.stack().directories().home().resolve("pictures"), 3));
  }

  private String order(String name, List<String> sources) {
    return PipelineOrder.bench(
            name, provider, sources, List.of("one", "two"), List.of("first", "second"))
        .json();
  }

  private static void awaitEnd(KombineClient client, List<UUID> ids)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    for (UUID id : ids.reversed()) {
      JsonNode status = client.batch(id);
      while (!Watch.hasEnded(status)) {
        if (System.nanoTime() > deadline) {
          throw new IOException("Batch " + id + " did not end within " + LIMIT + ": " + status);
        }
        Thread.sleep(POLL);
        status = client.batch(id);
      }
      if (!status.path("status").asString().equals("COMPLETED")) {
        throw new IOException("Batch " + id + " ended badly: " + status);
      }
    }
  }
}
