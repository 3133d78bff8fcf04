package io.kombine.worker.limit;

import static io.kombine.worker.limit.LimitFixture.ACCOUNT;
import static io.kombine.worker.limit.LimitFixture.HARD_TIMEOUT;
import static io.kombine.worker.limit.LimitFixture.granted;
import static io.kombine.worker.limit.LimitFixture.requests;
import static io.kombine.worker.limit.LimitFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.Money;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderOutcome.Retry;
import io.kombine.worker.provider.ProviderOutcome.Succeeded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@KombineInfrastructure
class RateIT {

  private static final Duration WINDOW = Duration.ofSeconds(5);
  private static final int REQUESTS = 50;

  @Test
  void threeWorkersNeverExceedASlidingWindowAndUse95PercentOfIt() throws Exception {
    List<Instant> calls = Collections.synchronizedList(new ArrayList<>());
    try (LimitFixture fixture =
            new LimitFixture(3, requests(REQUESTS, WINDOW, Duration.ofMillis(150)));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Instant end = Instant.now().plus(WINDOW.multipliedBy(4));
      List<Future<?>> done = new ArrayList<>();
      for (PostgresAccountLimits worker : fixture.workers) {
        for (int t = 0; t < 4; t++) {
          done.add(threads.submit(() -> callUntil(end, worker, calls)));
        }
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    assertThat(GrantRuleProperties.mostInAnyWindow(calls, WINDOW)).isLessThanOrEqualTo(REQUESTS);
    List<Instant> inOrder = calls.stream().sorted().toList();
    // why from call to call: calls come in bursts, which an interval cuts at random
    Duration three = Duration.between(inOrder.getFirst(), inOrder.get(3 * REQUESTS));
    assertThat(three.toMillis()).isLessThanOrEqualTo((long) (WINDOW.toMillis() * 3 / 0.95));
  }

  private static void callUntil(Instant end, AccountLimits limits, List<Instant> calls) {
    while (Instant.now().isBefore(end)) {
      Duration pause = limits.remembered(ACCOUNT);
      if (pause.isZero()) {
        switch (limits.acquire(step(ACCOUNT), HARD_TIMEOUT)) {
          case Admission.Granted(Token token) -> {
            limits.freshen(token);
            calls.add(Instant.now());
          }
          case Admission.Later(Duration later) -> pause = later;
          case Admission other -> throw new AssertionError(other);
        }
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  @Test
  void tokenGivenBackIsGrantedAgain() throws Exception {
    try (LimitFixture fixture =
        new LimitFixture(2, requests(1, Duration.ofMinutes(1), Duration.ZERO))) {
      Token token = granted(fixture.worker(0), step(ACCOUNT));
      assertThat(fixture.worker(1).acquire(step(ACCOUNT), HARD_TIMEOUT))
          .isInstanceOf(Admission.Later.class);
      fixture.worker(0).giveBack(token);
      assertThat(fixture.rows()).isZero();
      granted(fixture.worker(1), step(ACCOUNT));
    }
  }

  @Test
  void longWaitsGoBackToAdmissionInsteadOfParking() throws Exception {
    try (LimitFixture fixture =
        new LimitFixture(1, requests(1, Duration.ofHours(1), Duration.ZERO))) {
      granted(fixture.worker(0), step(ACCOUNT));
      assertThat(fixture.worker(0).acquire(step(ACCOUNT), HARD_TIMEOUT))
          .isInstanceOf(Admission.Held.class);
      assertThat(fixture.worker(0).remembered(ACCOUNT)).isZero();
    }
  }

  @Test
  void callsAtOnceAreCountedOverWorkersUntilTheyEndOrTheirHardTimeoutHasPassed() throws Exception {
    AccountLimit two = new AccountLimit(null, Duration.ofMinutes(1), null, 2, null);
    try (LimitFixture fixture = new LimitFixture(2, two)) {
      Token first = granted(fixture.worker(0), step(ACCOUNT));
      granted(fixture.worker(1), step(ACCOUNT));
      assertThat(fixture.worker(1).acquire(step(ACCOUNT), HARD_TIMEOUT))
          .isInstanceOf(Admission.Later.class);
      fixture.worker(0).ended(first, step(ACCOUNT), new Retry("HTTP 500"));
      granted(fixture.worker(0), step(ACCOUNT));
      assertThat(fixture.worker(1).acquire(step(ACCOUNT), HARD_TIMEOUT))
          .isInstanceOf(Admission.Later.class);
      fixture.jdbc.update(
          "update account_limits.calls set running_until = clock_timestamp() - interval '1 ms'"
              + " where running_until is not null");
      granted(fixture.worker(1), step(ACCOUNT));
    }
  }

  @Test
  void spendIsHeldInAWindowAndCorrectedToWhatCallsCost() throws Exception {
    AccountLimit spend =
        new AccountLimit(null, Duration.ofMinutes(1), null, null, Money.of("1.00", "USD"));
    try (LimitFixture fixture = new LimitFixture(2, spend)) {
      Token first = granted(fixture.worker(0), step(ACCOUNT, "0.60"));
      assertThat(fixture.worker(1).acquire(step(ACCOUNT, "0.41"), HARD_TIMEOUT))
          .isInstanceOf(Admission.Later.class);
      fixture
          .worker(0)
          .ended(
              first,
              step(ACCOUNT, "0.60"),
              new Succeeded(
                  List.of(ProducedOutput.text("{}".getBytes(StandardCharsets.UTF_8), "text/plain")),
                  new Charge.Billed(Money.of("0.50", "USD"))));
      granted(fixture.worker(1), step(ACCOUNT, "0.41"));
      assertThat(fixture.worker(0).acquire(step(ACCOUNT, "0.10"), HARD_TIMEOUT))
          .isInstanceOf(Admission.Later.class);
      granted(fixture.worker(0), step(ACCOUNT, "0.09"));
      assertThat(fixture.worker(0).acquire(step(ACCOUNT, "1.01"), HARD_TIMEOUT))
          .isInstanceOf(Admission.Refused.class);
    }
  }
}
