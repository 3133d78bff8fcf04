package io.kombine.worker.limit;

import static io.kombine.worker.limit.LimitFixture.ACCOUNT;
import static io.kombine.worker.limit.LimitFixture.HARD_TIMEOUT;
import static io.kombine.worker.limit.LimitFixture.OTHER;
import static io.kombine.worker.limit.LimitFixture.granted;
import static io.kombine.worker.limit.LimitFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.contracts.RunStep;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.ProviderOutcome.Auth;
import io.kombine.worker.provider.ProviderOutcome.Policy;
import io.kombine.worker.provider.ProviderOutcome.Retry;
import io.kombine.worker.provider.ProviderOutcome.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The account has no limits of its own: what is checked here holds for every account. */
@KombineInfrastructure
class BreakerIT {

  private static final Retry DOWN = new Retry("HTTP 503");

  private LimitFixture fixture;

  @BeforeEach
  void workers() throws Exception {
    fixture = new LimitFixture(3, AccountLimit.NONE);
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private ProviderOutcome fail(int worker, ProviderOutcome outcome) {
    RunStep step = step(ACCOUNT);
    return fixture.worker(worker).ended(granted(fixture.worker(worker), step), step, outcome);
  }

  private Admission ask(int worker) {
    return fixture.worker(worker).acquire(step(ACCOUNT), HARD_TIMEOUT);
  }

  private void outage() {
    assertThat(fail(0, DOWN)).isEqualTo(DOWN);
    assertThat(fail(1, DOWN)).isEqualTo(DOWN);
    assertThat(fail(2, DOWN)).isInstanceOf(Wait.class);
    await().until(() -> fixture.workers.stream().allMatch(worker -> !worker.troubles().isEmpty()));
    await()
        .until(() ->
            fixture.workers.stream()
                .allMatch(worker -> worker.troubles().getFirst().state().equals("OPEN")));
  }

  private double breakersOpen() {
    return fixture.registries.stream()
        .mapToDouble(registry -> registry.get("kombine.account.breaker").gauge().value())
        .sum();
  }

  @Test
  void accountInTroubleIsHeldBackByAllWorkersAndOthersGoOn() {
    outage();
    await().until(() -> breakersOpen() == 3);
    for (int worker = 0; worker < 3; worker++) {
      granted(fixture.worker(worker), step(OTHER));
    }
    assertThat(
            fixture.jdbc.queryForList("select account from account_limits.accounts", String.class))
        .containsExactly(ACCOUNT);
  }

  @Test
  void oneProbeAtATimeAndItsSuccessClosesForAll() throws Exception {
    outage();
    RunStep step = step(ACCOUNT);
    Token probe =
        await()
            .atMost(Duration.ofSeconds(10))
            .until(
                () ->
                    fixture.worker(1).acquire(step, HARD_TIMEOUT)
                            instanceof Admission.Granted(Token token)
                        ? token
                        : null,
                Objects::nonNull);
    assertThat(probe.probe()).isTrue();
    List<Future<Admission>> others = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 30; i++) {
        int worker = i % 3;
        others.add(threads.submit(() -> ask(worker)));
      }
    }
    for (Future<Admission> each : others) {
      assertThat(each.get()).isInstanceOf(Admission.Held.class);
    }
    fixture.worker(1).ended(probe, step, new Policy("refused, but alive"));
    for (int worker = 0; worker < 3; worker++) {
      granted(fixture.worker(worker), step(ACCOUNT));
    }
    await().until(() -> breakersOpen() == 0);
  }

  @Test
  void failedProbeCostsNoAttemptAndTheNextComesLater() {
    outage();
    RunStep step = step(ACCOUNT);
    Token probe =
        await()
            .until(
                () -> ask(0) instanceof Admission.Granted(Token token) ? token : null,
                Objects::nonNull);
    assertThat(fixture.worker(0).ended(probe, step, DOWN))
        .isInstanceOfSatisfying(
            Wait.class, wait -> assertThat(wait.pause()).isEqualTo(Duration.ofMillis(800)));
    assertThat(ask(2)).isInstanceOf(Admission.Held.class);
  }

  @Test
  void probeThatIsNotMadeMakesRoomForTheNext() {
    outage();
    Token probe =
        await()
            .until(
                () -> ask(0) instanceof Admission.Granted(Token token) ? token : null,
                Objects::nonNull);
    assertThat(ask(1)).isInstanceOf(Admission.Held.class);
    fixture.worker(0).giveBack(probe);
    assertThat(granted(fixture.worker(1), step(ACCOUNT)).probe()).isTrue();
  }

  @Test
  void refusedCredentialsHoldTheAccountUntilAnOperatorResumesIt() {
    assertThat(fail(0, new Auth("HTTP 401"))).isInstanceOf(Auth.class);
    await().until(() -> ask(2) instanceof Admission.Held);
    assertThat(fixture.worker(1).resume("nobody")).isFalse();
    assertThat(fixture.worker(1).resume(ACCOUNT)).isTrue();
    for (int worker = 0; worker < 3; worker++) {
      granted(fixture.worker(worker), step(ACCOUNT));
    }
  }

  @Test
  void pauseThatAProviderAsksForHoldsForAllWorkers() {
    fail(0, new Wait("HTTP 429", Duration.ofSeconds(20)));
    await().until(() -> !fixture.worker(2).troubles().isEmpty());
    assertThat(ask(2))
        .isInstanceOfSatisfying(
            Admission.Later.class,
            later ->
                assertThat(later.pause())
                    .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(21)));
    assertThat(fixture.worker(2).remembered(ACCOUNT)).isPositive();
    granted(fixture.worker(2), step(OTHER));
  }
}
