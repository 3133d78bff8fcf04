package io.kombine.worker.claim;

import static io.kombine.worker.claim.ClaimFixture.HARD_TIMEOUT;
import static io.kombine.worker.claim.ClaimFixture.fresh;
import static io.kombine.worker.claim.ClaimFixture.step;
import static io.kombine.worker.claim.ClaimFixture.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.RunStep;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.worker.claim.Claims.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@KombineInfrastructure
class ClaimThroughputIT {

  private static final int STEPS = Integer.getInteger("kombine.test.steps", 300);
  private static final int THREADS = 64;

  private final ClaimFixture fixture = new ClaimFixture(Duration.ofSeconds(30), THREADS);
  private final PostgresClaims claims = fixture.worker("one");

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void manyCallersShareRoundTripsAndALoneOneIsNotHeldUp() throws Exception {
    List<RunStep> warmUp = steps();
    inThreads(warmUp);
    List<RunStep> lone = steps();
    long before = fixture.workerCommits();
    long start = System.nanoTime();
    lone.forEach(this::run);
    double loneSeconds = (System.nanoTime() - start) / 1e9;
    long loneTransactions = fixture.workerCommits() - before;

    List<RunStep> many = steps();
    before = fixture.workerCommits();
    start = System.nanoTime();
    inThreads(many);
    double manySeconds = (System.nanoTime() - start) / 1e9;
    long manyTransactions = fixture.workerCommits() - before;

    System.out.printf(
        "reserve + begin + settle: lone %.0f steps/s (%.2f ms each, %d transactions), "
            + "%d threads %.0f steps/s (%d transactions)%n",
        STEPS / loneSeconds,
        loneSeconds * 1_000 / STEPS,
        loneTransactions,
        THREADS,
        STEPS / manySeconds,
        manyTransactions);
    assertThat(manyTransactions).isLessThan(loneTransactions / 4);
    assertThat(manySeconds).isLessThan(loneSeconds);
  }

  private void inThreads(List<RunStep> steps) throws Exception {
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(THREADS, Thread.ofVirtual().factory())) {
      steps.forEach(step -> done.add(threads.submit(() -> run(step))));
      for (Future<?> each : done) {
        each.get();
      }
    }
  }

  private void run(RunStep step) {
    Claim claim = fresh(claims, step);
    assertThat(claims.begin(claim, HARD_TIMEOUT)).isEqualTo(new Begin.Granted());
    assertThat(claims.settle(claim, End.SETTLED, succeeded(claim))).isNotNull();
  }

  private static List<RunStep> steps() {
    List<RunStep> steps = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      steps.add(step());
    }
    return steps;
  }
}
