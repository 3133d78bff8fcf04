package io.kombine.worker.claim;

import static io.kombine.worker.claim.ClaimFixture.HARD_TIMEOUT;
import static io.kombine.worker.claim.ClaimFixture.begun;
import static io.kombine.worker.claim.ClaimFixture.claim;
import static io.kombine.worker.claim.ClaimFixture.fresh;
import static io.kombine.worker.claim.ClaimFixture.ofBatch;
import static io.kombine.worker.claim.ClaimFixture.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.BatchControl;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.Ids;
import io.kombine.contracts.RunStep;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.worker.claim.Claims.End;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@KombineInfrastructure
class ControlIT {

  private final ClaimFixture fixture = new ClaimFixture(Duration.ofSeconds(30), 60);
  private final PostgresClaims one = fixture.worker("one");
  private final PostgresClaims other = fixture.worker("other");
  private final UUID batch = Ids.next();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private BatchControl control(long sequence, Hold hold) {
    return new BatchControl(
        BatchControl.VERSION, batch, sequence, hold, Instant.parse("2026-11-21T08:00:00Z"));
  }

  @Test
  void noCallBeginsOnceACancelIsRecordedAndEachThatBeganIsNamed() throws Exception {
    for (int round = 0; round < 20; round++) {
      UUID raced = Ids.next();
      Set<UUID> begun = ConcurrentHashMap.newKeySet();
      Set<UUID> begunAfterwards = ConcurrentHashMap.newKeySet();
      AtomicBoolean recorded = new AtomicBoolean();
      List<Claim> claims = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        claims.add(fresh(i % 2 == 0 ? one : other, ofBatch(raced)));
      }
      List<UUID> named;
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
          Claim claim = claims.get(i);
          PostgresClaims worker = i % 2 == 0 ? one : other;
          done.add(
              threads.submit(() -> {
                boolean late = recorded.get();
                if (worker.begin(claim, HARD_TIMEOUT) instanceof Begin.Granted) {
                  (late ? begunAfterwards : begun).add(claim.step().stepId());
                }
              }));
        }
        named =
            other.record(
                new BatchControl(BatchControl.VERSION, raced, 1, Hold.CANCELLED, Instant.EPOCH));
        recorded.set(true);
        for (Future<?> each : done) {
          each.get();
        }
      }
      assertThat(begunAfterwards).isEmpty();
      assertThat(named).containsExactlyInAnyOrderElementsOf(begun);
      for (Claim claim : claims) {
        if (begun.contains(claim.step().stepId())) {
          one.settle(claim, End.SETTLED, succeeded(claim));
        }
      }
      assertThat(fixture.slotsTaken()).isZero();
    }
  }

  @Test
  void forbiddenBeginReleasesTheClaimAndItsSlot() {
    Claim claim = fresh(one, ofBatch(batch));
    one.record(control(1, Hold.PAUSED));
    assertThat(one.begin(claim, HARD_TIMEOUT)).isEqualTo(new Begin.Forbidden(Hold.PAUSED));
    assertThat(fixture.slotsTaken()).isZero();
    assertThat(other.reserve(claim.step(), 0)).isEqualTo(new Reservation.Forbidden(Hold.PAUSED));
    other.record(control(2, Hold.NONE));
    fresh(other, claim.step());
  }

  @Test
  void cancelForbidsReservationsButAnEndStillAnswers() {
    Claim claim = begun(one, ofBatch(batch));
    one.settle(claim, End.SETTLED, succeeded(claim));
    one.record(control(1, Hold.CANCELLED));
    assertThat(other.reserve(claim.step(), 0)).isInstanceOf(Reservation.Answered.class);
    assertThat(other.reserve(ofBatch(batch), 0))
        .isEqualTo(new Reservation.Forbidden(Hold.CANCELLED));
  }

  @Test
  void lowerSequenceChangesNothing() {
    one.record(control(5, Hold.NONE));
    one.record(control(4, Hold.CANCELLED));
    fresh(one, ofBatch(batch));
  }

  @Test
  void recordNamesBegunStepsUntilTheirEndIsPublished() {
    Claim calling = begun(one, ofBatch(batch));
    Claim submitted = begun(one, ofBatch(batch));
    one.submitted(submitted, "task-1");
    Claim settled = begun(one, ofBatch(batch));
    one.settle(settled, End.SETTLED, succeeded(settled));
    Claim published = begun(one, ofBatch(batch));
    one.settle(published, End.SETTLED, succeeded(published));
    one.published(published.step().stepId());
    fresh(one, ofBatch(batch));
    begun(one, ofBatch(Ids.next()));

    assertThat(other.record(control(1, Hold.CANCELLED)))
        .containsExactlyInAnyOrder(
            calling.step().stepId(), submitted.step().stepId(), settled.step().stepId());
  }

  @Test
  void forgottenPauseHoldsNothingAndForgottenCancelStillDoes() {
    one.record(control(1, Hold.PAUSED));
    one.forget(batch);
    fresh(one, ofBatch(batch));
    one.record(control(2, Hold.CANCELLED));
    one.forget(batch);
    assertThat(one.reserve(ofBatch(batch), 0)).isEqualTo(new Reservation.Forbidden(Hold.CANCELLED));
  }

  @Test
  void claimsOfAnEndedBatchAreRemovedAfterTheRetentionAndTheLedgerStays() {
    RunStep ended = ofBatch(batch);
    Claim claim = begun(one, ended);
    one.settle(claim, End.SETTLED, succeeded(claim));
    Claim another = begun(one, ofBatch(Ids.next()));
    one.settle(another, End.SETTLED, succeeded(another));
    one.forget(batch);
    one.removeOld();
    assertThat(count("claims")).isEqualTo(2);

    fixture.jdbc.update("update controls set forgotten_at = forgotten_at - interval '31 days'");
    fixture.jdbc.update("update claims set lease_until = lease_until - interval '31 days'");
    one.removeOld();
    assertThat(count("claims")).isOne();
    assertThat(count("controls")).isZero();
    assertThat(count("ledger")).isEqualTo(2);
  }

  @Test
  void takenOverCallOfACancelledBatchIsStillToBeSettled() throws Exception {
    try (ClaimFixture quick = new ClaimFixture(Duration.ofMillis(700), 2)) {
      PostgresClaims silent = quick.worker("silent");
      PostgresClaims next = quick.worker("next");
      RunStep step = ofBatch(batch);
      begun(silent, step);
      next.record(control(1, Hold.CANCELLED));
      quick.awaitLeaseEnd(step);
      Claim over = claim(next.reserve(step, 0), Reservation.TakenOver.class);
      assertThat(next.begin(over, HARD_TIMEOUT)).isEqualTo(new Begin.Forbidden(Hold.CANCELLED));
      assertThat(next.settle(over, End.UNKNOWN, ClaimFixture.unknown(over))).isNotNull();
    }
  }

  private int count(String table) {
    Integer count = fixture.jdbc.queryForObject("select count(*) from " + table, Integer.class);
    return count == null ? 0 : count;
  }
}
