package io.kombine.system.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.local.process.StackProcess;
import io.kombine.system.PipelineOrder;
import io.kombine.system.SystemSetup;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.invoice.InvoiceLine;
import io.kombine.system.simulator.limit.KeyStats;
import io.kombine.system.simulator.limit.LimitSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A provider that counts strictly, three workers that share its limit, and partitions that move.
 * With {@code -Dkombine.test.rate.minutes=N} 60 calls a minute for so long; else 10 in 10 s, for 40
 * s.
 */
@Tag("acceptance")
class RateIT extends OpenAiTest {

  private static final int MINUTES = Integer.getInteger("kombine.test.rate.minutes", 0);
  private static final int REQUESTS = MINUTES > 0 ? 60 : 10;
  private static final Duration WINDOW = Duration.ofSeconds(MINUTES > 0 ? 60 : 10);

  /** why more than by default in the short run: 2 % of 10 s is little on a busy machine */
  private static final Duration MARGIN = Duration.ofMillis(MINUTES > 0 ? 1_200 : 500);

  private static final Duration MEASURED =
      MINUTES > 0 ? Duration.ofMinutes(MINUTES) : Duration.ofSeconds(40);
  private static final Duration BETWEEN_REBALANCES = Duration.ofSeconds(20);
  private static final double LEAST_USE = 0.95;

  @Override
  protected SystemSetup setup() {
    String limit = "kombine.accounts.openai.";
    return openAi(SystemSetup.plain().replicas("i2i-worker", 3).replicas("i2v-worker", 0))
        .with("i2i-worker", limit + "requests-per-window", Integer.toString(REQUESTS))
        .with("i2i-worker", limit + "window", WINDOW.toSeconds() + "s")
        .with("i2i-worker", limit + "margin", MARGIN.toMillis() + "ms");
  }

  @Override
  protected void script() {
    simulator()
        .limits()
        .set(Vendor.OPENAI, new LimitSettings(REQUESTS, WINDOW.toMillis(), 50, true));
  }

  @Test
  void threeWorkersUseTheLimitAndNeverExceedItWhilePartitionsMove() throws Exception {
    List<UUID> batches = submitEnough();
    await("the first call")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !calls().isEmpty());
    Instant first = calls().getFirst().time();
    Instant end = first.plus(MEASURED);

    StackProcess moving = system.stack().process("i2i-worker-3");
    int rebalances = 0;
    for (Instant next = first.plus(BETWEEN_REBALANCES);
        next.isBefore(end);
        next = next.plus(BETWEEN_REBALANCES)) {
      awaitTime(next);
      if (moving.isAlive()) {
        moving.stop();
      } else {
        moving.start();
      }
      rebalances++;
    }
    awaitTime(end);

    long made = calls().stream().filter(call -> call.time().isBefore(end)).count();
    double most = (double) REQUESTS * MEASURED.toMillis() / WINDOW.toMillis();
    KeyStats key =
        simulator().stats().keys().stream()
            .filter(each -> each.vendor().equals("openai"))
            .findFirst()
            .orElseThrow();
    System.out.printf(
        "%d calls in %d s from the first on, %.1f %% of %d in %d s; %d rebalances; %d 429s; at most"
            + " %d in a window.%n",
        made,
        MEASURED.toSeconds(),
        100 * made / most,
        REQUESTS,
        WINDOW.toSeconds(),
        rebalances,
        key.violations(),
        key.maxArrivedInWindow());
    for (UUID batch : batches) {
      client.post("/api/batches/" + batch + "/cancel", "", null);
    }

    assertThat(key.violations()).as("429s").isZero();
    assertThat(simulator().stats().failures()).isZero();
    assertThat(made / most).isGreaterThanOrEqualTo(LEAST_USE);
    assertThat(calls().stream().map(InvoiceLine::stepId).distinct().count())
        .as("no step twice")
        .isEqualTo(calls().size());
  }

  /** Batches of a hundred calls each, together more than may be made in the time. */
  private List<UUID> submitEnough() throws Exception {
    long windows = MEASURED.toMillis() / WINDOW.toMillis() + 1;
    List<String> sources = sources(10);
    List<UUID> batches = new ArrayList<>();
    for (int n = 0; n <= REQUESTS * windows / 100; n++) {
      batches.add(
          submit(
              new PipelineOrder(
                  "At the limit " + n,
                  sources,
                  MODEL,
                  IntStream.range(0, 10).mapToObj(i -> "prompt " + i).toList(),
                  1,
                  "local-video",
                  List.of())));
    }
    return batches;
  }

  private static List<InvoiceLine> calls() {
    return simulator().invoice().lines();
  }

  private static void awaitTime(Instant time) {
    await("the time " + time)
        .atMost(BETWEEN_REBALANCES.plus(PATIENCE))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !Instant.now().isBefore(time));
  }
}
