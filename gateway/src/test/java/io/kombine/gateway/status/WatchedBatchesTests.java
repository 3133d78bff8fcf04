package io.kombine.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.BatchSnapshot;
import io.kombine.gateway.TestBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class WatchedBatchesTests {

  private static final Duration TTL = Duration.ofMinutes(1);
  private static final StatusProperties TWO_BATCHES =
      new StatusProperties(
          2,
          10,
          Duration.ofMinutes(10),
          Duration.ofMillis(300),
          1,
          DataSize.ofMegabytes(1),
          10,
          16,
          TTL);

  private final MovableClock clock = new MovableClock();
  private final ReadPositions positions = new ReadPositions();
  private final WatchedBatches batches = new WatchedBatches(positions, TWO_BATCHES, clock);
  private final AtomicInteger asked = new AtomicInteger();
  private SnapshotAnswer answer = new SnapshotAnswer.Unknown();
  private final StatusService service =
      new StatusService(
          batches,
          positions,
          (id, minOffset, key) -> {
            asked.incrementAndGet();
            return answer;
          },
          TWO_BATCHES,
          clock);

  WatchedBatchesTests() {
    positions.begin(new long[1]);
  }

  private UUID watch(int steps) {
    TestBatch batch = new TestBatch(steps);
    answer = new SnapshotAnswer.Found(snapshot(batch));
    assertThat(service.look(batch.id(), "key")).isInstanceOf(StatusService.Lookup.Found.class);
    clock.now = clock.now.plusSeconds(1);
    return batch.id();
  }

  private static BatchSnapshot snapshot(TestBatch batch) {
    return batch.after(batch.running(1), List.of(), 0, 0);
  }

  @Test
  void idlestBatchGivesWayAtTheLimit() {
    UUID first = watch(1);
    UUID second = watch(1);
    service.look(first, "key");
    UUID third = watch(1);
    assertThat(batches.watches(first)).isTrue();
    assertThat(batches.watches(second)).isFalse();
    assertThat(batches.watches(third)).isTrue();
  }

  @Test
  void streamedBatchesStayAndAnotherIsAnsweredButNotKept() {
    UUID first = watch(1);
    UUID second = watch(1);
    batches.openStream(first);
    batches.openStream(second);
    UUID third = watch(1);
    assertThat(batches.watches(first)).isTrue();
    assertThat(batches.watches(second)).isTrue();
    assertThat(batches.watches(third)).isFalse();
    assertThat(batches.openStream(third)).isEmpty();
  }

  @Test
  void oneBatchIsKeptWhateverItsSize() {
    watch(3);
    UUID huge = watch(50);
    assertThat(batches.watches(huge)).isTrue();
    assertThat(batches.live()).isEqualTo(1);
  }

  @Test
  void batchIsDroppedAfterItsIdleTimeUnlessStreamed() {
    UUID idle = watch(1);
    UUID streamed = watch(1);
    batches.openStream(streamed);
    clock.now = clock.now.plus(Duration.ofMinutes(11));
    batches.evictIdle();
    assertThat(batches.watches(idle)).isFalse();
    assertThat(batches.watches(streamed)).isTrue();
  }

  @Test
  void unknownBatchLeavesNothingBehind() {
    UUID id = new TestBatch(1).id();
    assertThat(service.look(id, "key")).isInstanceOf(StatusService.Lookup.Unknown.class);
    assertThat(batches.watches(id)).isFalse();
  }

  @Test
  void permissionIsAskedForAgainAfterItsTimeAndOutlivesBatchApisAbsence() {
    UUID id = watch(1);
    service.look(id, "key");
    assertThat(asked).hasValue(1);
    clock.now = clock.now.plus(TTL);
    answer = new SnapshotAnswer.Unavailable("down");
    assertThat(service.look(id, "key")).isInstanceOf(StatusService.Lookup.Found.class);
    assertThat(asked.get()).isGreaterThan(1);
    assertThat(service.look(id, "other")).isInstanceOf(StatusService.Lookup.Unavailable.class);
    answer = new SnapshotAnswer.Unknown();
    assertThat(service.look(id, "key")).isInstanceOf(StatusService.Lookup.Unknown.class);
    answer = new SnapshotAnswer.Unavailable("down");
    assertThat(service.look(id, "key")).isInstanceOf(StatusService.Lookup.Unavailable.class);
  }

  @Test
  void streamPlacesAreLimited() {
    assertThat(batches.takeStreamPlace(2)).isTrue();
    assertThat(batches.takeStreamPlace(2)).isTrue();
    assertThat(batches.takeStreamPlace(2)).isFalse();
    batches.freeStreamPlace();
    assertThat(batches.takeStreamPlace(2)).isTrue();
    assertThat(batches.takeStreamPlace(2)).isFalse();
    assertThat(batches.streams()).isEqualTo(2);
  }

  private static final class MovableClock extends Clock {

    private Instant now = Instant.parse("2026-11-21T08:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
