package io.kombine.worker.claim;

import static io.kombine.worker.claim.ClaimFixture.HARD_TIMEOUT;
import static io.kombine.worker.claim.ClaimFixture.again;
import static io.kombine.worker.claim.ClaimFixture.begun;
import static io.kombine.worker.claim.ClaimFixture.claim;
import static io.kombine.worker.claim.ClaimFixture.failed;
import static io.kombine.worker.claim.ClaimFixture.fresh;
import static io.kombine.worker.claim.ClaimFixture.step;
import static io.kombine.worker.claim.ClaimFixture.succeeded;
import static io.kombine.worker.claim.ClaimFixture.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepState;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.worker.claim.Claims.End;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@KombineInfrastructure
class TakeoverIT {

  private final ClaimFixture fixture = new ClaimFixture(Duration.ofMillis(700), 3);
  private final PostgresClaims paused = fixture.worker("paused");
  private final PostgresClaims next = fixture.worker("next");

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private Claim takenOver(Claims claims, RunStep step) {
    fixture.awaitLeaseEnd(step);
    return claim(claims.reserve(step, 0), Reservation.TakenOver.class);
  }

  @Test
  void ownerPausedPastItsLeaseBeginsNoCall() {
    RunStep step = step();
    Claim claim = fresh(paused, step);
    fixture.awaitLeaseEnd(step);
    assertThat(paused.begin(claim, HARD_TIMEOUT)).isEqualTo(new Begin.Lost());
    assertThat(ledger(step)).isEmpty();
  }

  @Test
  void ownerWhoseClaimWasTakenBeginsNoCall() {
    RunStep step = step();
    Claim claim = fresh(paused, step);
    fixture.awaitLeaseEnd(step);
    Claim taken = fresh(next, step);
    assertThat(taken.token()).isGreaterThan(claim.token());
    assertThat(paused.begin(claim, HARD_TIMEOUT)).isEqualTo(new Begin.Lost());
    assertThat(next.begin(taken, HARD_TIMEOUT)).isEqualTo(new Begin.Granted());
    assertThat(fixture.slotsTaken()).isOne();
  }

  @Test
  void beginningTwiceIsGrantedOnce() {
    Claim claim = begun(next, step());
    assertThat(next.begin(claim, HARD_TIMEOUT)).isEqualTo(new Begin.Lost());
  }

  @Test
  void renewedLeaseIsNotTakenOver() {
    RunStep step = step();
    Claim claim = fresh(paused, step);
    for (int i = 0; i < 9; i++) {
      fixture.jdbc.execute("select pg_sleep(0.1)");
      paused.renew();
    }
    assertThat(next.reserve(step, 0)).isInstanceOf(Reservation.Busy.class);
    assertThat(paused.begin(claim, HARD_TIMEOUT)).isEqualTo(new Begin.Granted());
  }

  @Test
  void begunCallIsTakenOverWithItsProviderTaskAndItsEpoch() {
    RunStep step = step();
    Claim claim = begun(paused, step);
    assertThat(paused.submitted(claim, "task-7")).isTrue();
    fixture.awaitLeaseEnd(step);
    Reservation met = next.reserve(again(step, 2, 0), 0);
    assertThat(met).isInstanceOf(Reservation.TakenOver.class);
    Reservation.TakenOver over = (Reservation.TakenOver) met;
    assertThat(over.providerTaskId()).isEqualTo("task-7");
    assertThat(over.claim().takeovers()).isOne();
    assertThat(over.claim().step().epoch()).isOne();
    assertThat(paused.submitted(claim, "task-8")).isFalse();

    StepEvent event = next.settle(over.claim(), End.SETTLED, succeeded(over.claim()));
    assertThat(event).isNotNull();
    assertThat(event.epoch()).isEqualTo(2);
    assertThat(fixture.slotsTaken()).isZero();
    assertThat(ledger(step)).containsExactly(new BigDecimal("0.002"));
  }

  @Test
  void repeatedCallIsASecondLedgerEntryAndTheFirstStaysOpen() {
    RunStep step = step();
    begun(paused, step);
    Claim over = takenOver(next, step);
    assertThat(next.begin(over, HARD_TIMEOUT)).isEqualTo(new Begin.Granted());
    next.settle(over, End.SETTLED, succeeded(over));
    assertThat(ledger(step)).containsExactly(null, new BigDecimal("0.002"));
  }

  @Test
  void thirdTakeoverIsExhausted() {
    RunStep step = step();
    begun(paused, step);
    assertThat(takenOver(next, step).takeovers()).isEqualTo(1);
    assertThat(takenOver(paused, step).takeovers()).isEqualTo(2);
    fixture.awaitLeaseEnd(step);
    Claim last = claim(next.reserve(step, 0), Reservation.Exhausted.class);
    StepEvent event = next.settle(last, End.SETTLED, failed(last, "takeovers"));
    assertThat(event).isNotNull();
    assertThat(event.state()).isEqualTo(StepState.FAILED);
    assertThat(ledger(step)).hasSize(1).containsOnlyNulls();
  }

  @Test
  void ownerWhoseCallWasTakenOverReportsNothingButItsCostIsKept() {
    RunStep step = step();
    Claim late = begun(paused, step);
    Claim over = takenOver(next, step);
    assertThat(paused.settle(late, End.SETTLED, succeeded(late))).isNull();
    assertThat(ledger(step)).containsExactly(new BigDecimal("0.002"));
    assertThat(next.settle(over, End.UNKNOWN, unknown(over))).isNotNull();
    assertThat(ledger(step)).containsExactly(new BigDecimal("0.002"));
  }

  @Test
  void lateSettlementResolvesUnknown() {
    RunStep step = step();
    Claim late = begun(paused, step);
    Claim over = takenOver(next, step);
    next.settle(over, End.UNKNOWN, unknown(over));
    assertThat(ledger(step)).hasSize(1).containsOnlyNulls();
    next.reserve(again(step, 2, 0), 0);

    StepEvent event = paused.settle(late, End.SETTLED, succeeded(late));
    assertThat(event).isNotNull();
    assertThat(event.state()).isEqualTo(StepState.SUCCEEDED);
    assertThat(event.epoch()).isEqualTo(2);
    assertThat(ledger(step)).containsExactly(new BigDecimal("0.002"));
    assertThat(fixture.state(step)).isEqualTo("SETTLED");
  }

  @Test
  void lateFailureOfAnEarlierCallDoesNotResolveTheUnknownOfALaterOne() {
    RunStep step = step();
    Claim first = begun(paused, step);
    Claim second = takenOver(next, step);
    next.begin(second, HARD_TIMEOUT);
    next.settle(second, End.UNKNOWN, unknown(second));
    assertThat(paused.settle(first, End.SETTLED, failed(first, "input"))).isNull();
    assertThat(fixture.state(step)).isEqualTo("UNKNOWN");
    assertThat(paused.settle(first, End.SETTLED, succeeded(first))).isNotNull();
  }

  @Test
  void unknownOfACallTakenOverKeepsItsSlotUntilTheHardTimeout() {
    RunStep step = step();
    begun(paused, step, Duration.ofSeconds(4));
    Claim over = takenOver(next, step);
    next.settle(over, End.UNKNOWN, unknown(over));
    assertThat(fixture.slotsTaken()).isOne();
    org.awaitility.Awaitility.await().until(() -> fixture.slotsTaken() == 0);
  }

  @Test
  void givenBackTakeoverIsLeftToTheNextAtOnceAndNotCounted() {
    RunStep step = step();
    begun(paused, step);
    next.giveBack(takenOver(next, step));
    Claim over = claim(paused.reserve(step, 0), Reservation.TakenOver.class);
    assertThat(over.takeovers()).isOne();
    assertThat(fixture.slotsTaken()).isOne();
  }

  private List<BigDecimal> ledger(RunStep step) {
    return fixture.jdbc.queryForList(
        "select amount from ledger where step_id = ? order by token",
        BigDecimal.class,
        step.stepId());
  }
}
