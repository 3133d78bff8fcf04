package io.kombine.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.WorkTimes;
import io.kombine.system.simulator.limit.KeyStats;
import io.kombine.system.simulator.limit.LimitSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LimitTests {

  private final MovableClock clock = new MovableClock();

  private Simulator start(Vendor vendor, LimitSettings limits, WorkTimes.Range work)
      throws IOException {
    SimulatorSettings settings = SimulatorSettings.defaults().by(clock);
    return Simulator.start(settings.with(vendor, settings.of(vendor).with(limits).with(work)));
  }

  private static KeyStats onlyKey(Simulator simulator) {
    assertThat(simulator.stats().keys()).hasSize(1);
    return simulator.stats().keys().getFirst();
  }

  @Test
  void windowSlidesInsteadOfStartingAnew() throws IOException {
    LimitSettings limits = new LimitSettings(3, 60_000, 10, true);
    try (Simulator simulator = start(Vendor.OPENAI, limits, new WorkTimes.Range(0, 0))) {
      Caller caller = new Caller(simulator);
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        statuses.add(caller.edit("a hat", "s" + i).status());
        clock.forward(Duration.ofSeconds(15));
      }
      // 0 s, 15 s, 30 s are in; 45 s is too early; 60 s, 75 s, 90 s find a place freed each
      assertThat(statuses).containsExactly(200, 200, 200, 429, 200, 200, 200);
      KeyStats stats = onlyKey(simulator);
      assertThat(stats.maxAdmittedInWindow()).isEqualTo(3);
      assertThat(stats.maxArrivedInWindow()).isEqualTo(4);
      assertThat(stats.violations()).isEqualTo(1);
      assertThat(simulator.invoice().lines()).hasSize(6);
    }
  }

  @Test
  void hintIsExactlyWhenACallFitsAgain() throws IOException {
    LimitSettings limits = new LimitSettings(1, 10_000, 10, true);
    try (Simulator simulator = start(Vendor.OPENAI, limits, new WorkTimes.Range(0, 0))) {
      Caller caller = new Caller(simulator);
      caller.edit("a hat", "s");
      clock.forward(Duration.ofSeconds(4));
      Caller.Reply refused = caller.edit("a hat", "s");
      assertThat(refused.header("retry-after-ms")).isEqualTo("6001");
      clock.forward(Duration.ofMillis(5999));
      assertThat(caller.edit("a hat", "s").status()).isEqualTo(429);
      clock.forward(Duration.ofMillis(1));
      assertThat(caller.edit("a hat", "s").status()).isEqualTo(200);
    }
  }

  @Test
  void noHintWhereTheVendorGivesNone() throws IOException {
    LimitSettings limits = new LimitSettings(1, 10_000, 10, false);
    try (Simulator simulator = start(Vendor.OPENAI, limits, new WorkTimes.Range(0, 0))) {
      Caller caller = new Caller(simulator);
      caller.edit("a hat", "s");
      assertThat(caller.edit("a hat", "s").header("retry-after")).isEmpty();
    }
  }

  @Test
  void noMoreCallsAtOnceThanAllowed() throws Exception {
    LimitSettings limits = new LimitSettings(100, 60_000, 3, true);
    try (Simulator simulator = start(Vendor.OPENAI, limits, new WorkTimes.Range(700, 700));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Caller caller = new Caller(simulator);
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(threads.submit(() -> caller.edit("a hat", "s").status()));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> call : calls) {
        statuses.add(result(call));
      }
      assertThat(statuses).contains(429).contains(200);
      assertThat(onlyKey(simulator).maxAtOnce()).isEqualTo(3);
      assertThat(onlyKey(simulator).atOnce()).isZero();
    }
  }

  @Test
  void manyCallersAtOnceAreAllAnsweredAndBilled() throws Exception {
    LimitSettings limits = new LimitSettings(1000, 60_000, 1000, true);
    try (Simulator simulator = start(Vendor.OPENAI, limits, new WorkTimes.Range(50, 150));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Caller caller = new Caller(simulator);
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        String step = "s" + i;
        calls.add(threads.submit(() -> caller.edit("a hat", step).status()));
      }
      for (Future<Integer> call : calls) {
        assertThat(result(call)).isEqualTo(200);
      }
      assertThat(simulator.invoice().lines())
          .extracting("step")
          .doesNotHaveDuplicates()
          .hasSize(300);
    }
  }

  private static int result(Future<Integer> call) throws InterruptedException {
    try {
      return call.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pollingTaskHoldsItsSlotUntilItsEnd() throws IOException {
    LimitSettings limits = new LimitSettings(100, 60_000, 1, true);
    try (Simulator simulator = start(Vendor.KLING, limits, new WorkTimes.Range(5000, 5000))) {
      Caller caller = new Caller(simulator);
      assertThat(caller.klingCreate("Bearer k", "pan").status()).isEqualTo(200);
      Caller.Reply second = caller.klingCreate("Bearer k", "pan");
      assertThat(second.status()).isEqualTo(429);
      assertThat(second.json().path("code").asInt()).isEqualTo(1303);
      assertThat(caller.klingCreate("Bearer other", "pan").status()).isEqualTo(200);
      clock.forward(Duration.ofSeconds(5));
      assertThat(caller.klingCreate("Bearer k", "pan").status()).isEqualTo(200);
    }
  }

  @Test
  void limitsChangeOverHttp() throws IOException {
    LimitSettings limits = new LimitSettings(100, 60_000, 1, true);
    try (Simulator simulator = start(Vendor.OPENAI, limits, new WorkTimes.Range(0, 0))) {
      Caller caller = new Caller(simulator);
      Caller.Reply put =
          caller.send("PUT", "/control/limits", "none", "{\"vendor\":\"openai\",\"requests\":1}");
      assertThat(put.json().at("/openai/requests").asInt()).isEqualTo(1);
      caller.edit("a hat", "s");
      assertThat(caller.edit("a hat", "s").status()).isEqualTo(429);
    }
  }
}
