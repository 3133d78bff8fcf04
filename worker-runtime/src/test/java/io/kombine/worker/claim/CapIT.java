package io.kombine.worker.claim;

import static io.kombine.worker.claim.ClaimFixture.HARD_TIMEOUT;
import static io.kombine.worker.claim.ClaimFixture.begun;
import static io.kombine.worker.claim.ClaimFixture.claim;
import static io.kombine.worker.claim.ClaimFixture.fresh;
import static io.kombine.worker.claim.ClaimFixture.step;
import static io.kombine.worker.claim.ClaimFixture.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.contracts.RunStep;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.worker.claim.Claims.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@KombineInfrastructure
class CapIT {

  private static final int CAP = 7;

  private ClaimFixture fixture = new ClaimFixture(Duration.ofSeconds(30), CAP);

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private ClaimFixture shortLease() throws Exception {
    return shortLease(1);
  }

  private ClaimFixture shortLease(int cap) throws Exception {
    fixture.close();
    fixture = new ClaimFixture(Duration.ofMillis(700), cap);
    return fixture;
  }

  @Test
  void capHoldsWithThreeWorkersOfFiftyThreads() throws Exception {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int w = 0; w < 3; w++) {
        PostgresClaims claims = fixture.worker("worker" + w);
        for (int t = 0; t < 50; t++) {
          done.add(
              threads.submit(() -> {
                for (int i = 0; i < 4; i++) {
                  Claim claim = reserved(claims, step());
                  assertThat(claims.begin(claim, HARD_TIMEOUT)).isEqualTo(new Begin.Granted());
                  most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                  calls.incrementAndGet();
                  LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
                  inFlight.decrementAndGet();
                  claims.settle(claim, End.SETTLED, succeeded(claim));
                }
                return null;
              }));
        }
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    assertThat(calls).hasValue(600);
    assertThat(most).hasValue(CAP);
    assertThat(fixture.slotsTaken()).isZero();
    assertThat(fixture.jdbc.queryForObject("select count(*) from ledger", Integer.class))
        .isEqualTo(600);
  }

  private static Claim reserved(PostgresClaims claims, RunStep step) {
    while (true) {
      switch (claims.reserve(step, 0)) {
        case Reservation.Fresh(Claim claim) -> {
          return claim;
        }
        case Reservation.Busy(Duration pause) -> {
          assertThat(pause).isBetween(Duration.ofMillis(100), Duration.ofMillis(500));
          LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        case Reservation other -> throw new AssertionError(other);
      }
    }
  }

  @Test
  void slotOfASilentOwnerIsFreeWithItsLeaseBeforeTheCall() throws Exception {
    PostgresClaims silent = shortLease().worker("silent");
    PostgresClaims next = fixture.worker("next");
    RunStep step = step();
    fresh(silent, step);
    assertThat(next.reserve(step(), 0)).isInstanceOf(Reservation.Busy.class);
    fixture.awaitLeaseEnd(step);
    fresh(next, step());
  }

  @Test
  void slotIsFreedOnlyAfterHardTimeoutOnceCallBegan() throws Exception {
    PostgresClaims silent = shortLease().worker("silent");
    PostgresClaims next = fixture.worker("next");
    RunStep step = step();
    begun(silent, step, Duration.ofMillis(3_000));
    fixture.awaitLeaseEnd(step);
    RunStep waiting = step();
    assertThat(next.reserve(waiting, 0)).isInstanceOf(Reservation.Busy.class);
    silent.renew();
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(() -> next.reserve(waiting, 0) instanceof Reservation.Fresh);
    Boolean hardTimeoutPassed =
        fixture.jdbc.queryForObject(
            "select call_deadline <= clock_timestamp() from claims where step_id = ?",
            Boolean.class,
            step.stepId());
    assertThat(hardTimeoutPassed).isTrue();
  }

  @Test
  void repeatedCallNeedsASlotBesideTheLostCallsWhichStaysTakenUntilItsEndIsKnown()
      throws Exception {
    PostgresClaims silent = shortLease().worker("silent");
    PostgresClaims next = fixture.worker("next");
    RunStep step = step();
    Claim lost = begun(silent, step);
    fixture.awaitLeaseEnd(step);
    Claim over = claim(next.reserve(step, 0), Reservation.TakenOver.class);

    assertThat(next.begin(over, HARD_TIMEOUT)).isEqualTo(new Begin.NoSlot());
    next.giveBack(over);
    assertThat(next.reserve(step(), 0)).isInstanceOf(Reservation.Busy.class);
    assertThat(fixture.slotsTaken()).isOne();
    silent.settle(lost, End.SETTLED, succeeded(lost));
    assertThat(fixture.slotsTaken()).isOne();
  }

  @Test
  void repeatedCallsSlotAndTheLostCallsAreFreedEachByItsOwnEnd() throws Exception {
    PostgresClaims silent = shortLease(2).worker("silent");
    PostgresClaims next = fixture.worker("next");
    RunStep step = step();
    Claim lost = begun(silent, step);
    fixture.awaitLeaseEnd(step);
    Claim over = claim(next.reserve(step, 0), Reservation.TakenOver.class);

    assertThat(next.begin(over, HARD_TIMEOUT)).isEqualTo(new Begin.Granted());
    assertThat(fixture.slotsTaken()).isEqualTo(2);
    assertThat(next.settle(over, End.SETTLED, succeeded(over))).isNotNull();
    assertThat(fixture.slotsTaken()).isOne();
    assertThat(silent.settle(lost, End.SETTLED, succeeded(lost))).isNull();
    assertThat(fixture.slotsTaken()).isZero();
  }

  @Test
  void endedClaimFreesItsSlotAtOnce() throws Exception {
    PostgresClaims claims = shortLease().worker("one");
    for (int i = 0; i < 5; i++) {
      Claim claim = begun(claims, step());
      claims.settle(claim, End.SETTLED, succeeded(claim));
    }
    assertThat(fixture.slotsTaken()).isZero();
  }
}
