package io.kombine.worker.claim;

import static io.kombine.worker.claim.ClaimFixture.again;
import static io.kombine.worker.claim.ClaimFixture.begun;
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
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@KombineInfrastructure
class ClaimEpochsIT {

  private final ClaimFixture fixture = new ClaimFixture(Duration.ofSeconds(30), 3);
  private final PostgresClaims one = fixture.worker("one");
  private final PostgresClaims other = fixture.worker("other");

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private static StepEvent answer(Reservation reservation) {
    assertThat(reservation).isInstanceOf(Reservation.Answered.class);
    return ((Reservation.Answered) reservation).result();
  }

  @Test
  void successAnswersForEveryEpochEvenALaterOneThatAskedForARetry() {
    RunStep step = step();
    Claim claim = begun(one, step);
    StepEvent event = one.settle(claim, End.SETTLED, succeeded(claim));
    assertThat(event).isEqualTo(succeededLike(event, claim));

    StepEvent duplicate = answer(other.reserve(step, 0));
    assertThat(duplicate).isEqualTo(event);
    StepEvent later = answer(other.reserve(again(step, 4, 3), 0));
    assertThat(later.epoch()).isEqualTo(4);
    assertThat(later.state()).isEqualTo(StepState.SUCCEEDED);
    assertThat(later.cost()).isEqualTo(event.cost());
    assertThat(later.eventId()).isNotEqualTo(event.eventId());
    assertThat(answer(one.reserve(step, 0)).epoch()).isEqualTo(4);
  }

  private static StepEvent succeededLike(StepEvent event, Claim claim) {
    StepEvent made = succeeded(claim);
    assertThat(event.cost()).isEqualTo(made.cost());
    assertThat(event.epoch()).isEqualTo(claim.step().epoch());
    return event;
  }

  @Test
  void endThatBatchApiHasNotSeenIsAnsweredAndOneItHasSeenIsReplaced() {
    RunStep step = step();
    Claim claim = begun(one, step);
    one.settle(claim, End.SETTLED, failed(claim, "retry"));

    StepEvent sweeper = answer(other.reserve(again(step, 2, 0), 0));
    assertThat(sweeper.epoch()).isEqualTo(2);
    assertThat(sweeper.state()).isEqualTo(StepState.FAILED);
    assertThat(answer(other.reserve(again(step, 3, 1), 0)).epoch()).isEqualTo(3);

    Claim retried = fresh(other, again(step, 4, 3));
    assertThat(retried.token()).isGreaterThan(claim.token());
    assertThat(retried.takeovers()).isZero();
  }

  @Test
  void releasedEndIsReplacedOnceSeen() {
    RunStep step = step();
    Claim claim = begun(one, step);
    one.settle(claim, End.RELEASED, ClaimFixture.event(claim, StepState.RETRY_WAIT, "wait"));
    assertThat(answer(other.reserve(step, 0)).state()).isEqualTo(StepState.RETRY_WAIT);
    fresh(other, again(step, 2, 1));
  }

  @Test
  void unknownIsAnsweredUntilAPersonDecidesToRetry() {
    RunStep step = step();
    Claim claim = begun(one, step);
    one.settle(claim, End.UNKNOWN, unknown(claim));
    assertThat(answer(other.reserve(again(step, 2, 0), 0)).state()).isEqualTo(StepState.UNKNOWN);
    fresh(other, again(step, 3, 2));
  }

  @Test
  void claimElsewhereIsBusyForAtMostFiveSecondsAndOneHereIsADuplicate() {
    RunStep step = step();
    fresh(one, step);
    assertThat(other.reserve(step, 0)).isEqualTo(new Reservation.Busy(Duration.ofSeconds(5)));
    assertThat(one.reserve(step, 0)).isEqualTo(new Reservation.Duplicate(Duration.ofSeconds(5)));
  }

  @Test
  void runningClaimReportsAtTheLatestEpochThatAskedForIt() {
    RunStep step = step();
    Claim claim = begun(one, step);
    one.reserve(again(step, 2, 0), 0);
    other.reserve(again(step, 3, 0), 0);
    one.reserve(step, 0);
    StepEvent event = one.settle(claim, End.SETTLED, succeeded(claim));
    assertThat(event).isNotNull();
    assertThat(event.epoch()).isEqualTo(3);
    assertThat(answer(other.reserve(step, 0)).epoch()).isEqualTo(3);
  }

  @Test
  void claimGivenBackIsAsIfItNeverWas() {
    RunStep step = step();
    Claim claim = fresh(one, step);
    one.giveBack(claim);
    assertThat(fixture.slotsTaken()).isZero();
    assertThat(one.begin(claim, Duration.ofMinutes(1))).isEqualTo(new Begin.Lost());
    assertThat(fixture.jdbc.queryForObject("select count(*) from claims", Integer.class)).isZero();
    fresh(other, step);
  }

  @Test
  void claimGivenBackLeavesTheEarlierEndToAnswer() {
    RunStep step = step();
    Claim failed = begun(one, step);
    one.settle(failed, End.SETTLED, failed(failed, "retry"));
    one.giveBack(fresh(one, again(step, 2, 1)));
    StepEvent event = answer(other.reserve(step, 0));
    assertThat(event.epoch()).isEqualTo(1);
    assertThat(event.state()).isEqualTo(StepState.FAILED);
    fresh(other, again(step, 2, 1));
  }

  @Test
  void settlementWhoseAnswerGotLostIsAnsweredAgain() {
    Claim claim = begun(one, step());
    StepEvent first = one.settle(claim, End.SETTLED, succeeded(claim));
    assertThat(one.settle(claim, End.SETTLED, succeeded(claim))).isEqualTo(first);
  }
}
