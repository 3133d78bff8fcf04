package io.kombine.worker.claim;

import static io.kombine.worker.claim.ClaimFixture.HARD_TIMEOUT;
import static io.kombine.worker.claim.ClaimFixture.fresh;
import static io.kombine.worker.claim.ClaimFixture.step;
import static io.kombine.worker.claim.ClaimFixture.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.contracts.RunStep;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.worker.claim.Claims.End;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** The database commits, and the worker never hears of it. */
@KombineInfrastructure
class LostAnswersIT {

  private final ClaimFixture fixture = new ClaimFixture(Duration.ofSeconds(30), 1);
  private final PostgresClaims claims = fixture.worker("one");
  private final PostgresClaims other = fixture.worker("other");

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void reservationWithoutAnswerIsTakenAgainAtOnce() {
    RunStep step = step();
    fixture.loseNextCommitAnswer();
    assertThatThrownBy(() -> claims.reserve(step, 0)).isInstanceOf(DataAccessException.class);
    assertThat(fixture.state(step)).isEqualTo("RESERVED");
    assertThat(other.reserve(step, 0)).isInstanceOf(Reservation.Busy.class);
    Claim claim = fresh(claims, step);
    assertThat(claims.begin(claim, HARD_TIMEOUT)).isEqualTo(new Begin.Granted());
  }

  @Test
  void beginWithoutAnswerMadeNoCallAndTheStepIsTakenAgainAtOnce() {
    RunStep step = step();
    Claim unsure = fresh(claims, step);
    fixture.loseNextCommitAnswer();
    assertThatThrownBy(() -> claims.begin(unsure, HARD_TIMEOUT))
        .isInstanceOf(DataAccessException.class);
    assertThat(fixture.state(step)).isEqualTo("CALLING");
    assertThat(other.reserve(step, 0)).isInstanceOf(Reservation.Busy.class);

    Claim claim = fresh(claims, step);
    assertThat(claims.begin(claim, HARD_TIMEOUT)).isEqualTo(new Begin.Granted());
    claims.settle(claim, End.SETTLED, succeeded(claim));
    assertThat(fixture.slotsTaken()).isZero();
    assertThat(
            fixture.jdbc.queryForList("select amount from ledger order by token", BigDecimal.class))
        .containsExactly(BigDecimal.ZERO, new BigDecimal("0.002"));
  }

  @Test
  void leaveToBeginThatIsHeardAfterTheLeaseMakesNoCall() throws Exception {
    try (ClaimFixture brief = new ClaimFixture(Duration.ofSeconds(1), 1)) {
      PostgresClaims suspended = brief.worker("suspended");
      RunStep step = step();
      Claim claim = fresh(suspended, step);
      brief.beforeNextCommitAnswer(() -> brief.awaitLeaseEnd(step));

      assertThatThrownBy(() -> suspended.begin(claim, HARD_TIMEOUT))
          .isInstanceOf(DataAccessException.class);

      assertThat(brief.worker("taker").reserve(step, 0)).isInstanceOf(Reservation.TakenOver.class);
      assertThat(suspended.reserve(step, 0)).isInstanceOf(Reservation.Busy.class);
    }
  }

  @Test
  void settlementWithoutAnswerIsRepeatedWithoutHarm() {
    Claim claim = fresh(claims, step());
    claims.begin(claim, HARD_TIMEOUT);
    fixture.loseNextCommitAnswer();
    assertThatThrownBy(() -> claims.settle(claim, End.SETTLED, succeeded(claim)))
        .isInstanceOf(DataAccessException.class);
    assertThat(claims.settle(claim, End.SETTLED, succeeded(claim))).isNotNull();
    assertThat(fixture.slotsTaken()).isZero();
  }
}
