package io.kombine.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.StepState;
import io.kombine.gateway.TestBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class WatchedBatchTests {

  private static final StatusProperties SMALL =
      new StatusProperties(
          1,
          100,
          Duration.ofMinutes(1),
          Duration.ofSeconds(5),
          1,
          DataSize.ofMegabytes(1),
          3,
          16,
          Duration.ofMinutes(1));

  private final TestBatch batch = new TestBatch(40);
  private final WatchedBatch watched = new WatchedBatch(batch.id(), 4, SMALL, Instant.EPOCH);

  private void goLive(long nextOffset) {
    watched.beginLoad();
    assertThat(watched.install(batch.after(batch.running(1), List.of(), 4, nextOffset))).isTrue();
    watched.endLoad();
  }

  @Test
  void afterMoreEventsThanAreKeptOnlyANewerSnapshotIsTaken() {
    watched.beginLoad();
    for (int i = 0; i < 5; i++) {
      watched.apply(batch.step(i, 1, StepState.RUNNING), i);
    }
    assertThat(watched.install(batch.after(batch.running(1), List.of(), 4, 3))).isFalse();
    assertThat(watched.install(batch.after(batch.running(1), List.of(), 4, 4))).isTrue();
    assertThat(watched.document().counts().running()).isEqualTo(1);
  }

  @Test
  void streamThatFallsFurtherBehindThanTheRingIsCut() {
    goLive(0);
    StreamUpdate.Snapshot first = (StreamUpdate.Snapshot) watched.updateFrom(StreamCursor.NOWHERE);
    for (int i = 0; i < 16; i++) {
      watched.apply(batch.step(i, 1, StepState.RUNNING), i);
    }
    assertThat(watched.updateFrom(first.cursor())).isInstanceOf(StreamUpdate.Delta.class);
    watched.apply(batch.step(16, 1, StepState.RUNNING), 16);
    assertThat(watched.updateFrom(first.cursor())).isInstanceOf(StreamUpdate.Closed.class);
    assertThat(watched.resume(new EventPosition(4, -1))).isEqualTo(StreamCursor.NOWHERE);
    assertThat(watched.resume(new EventPosition(4, 0)).offset()).isZero();
  }

  @Test
  void streamOfAnotherPartitionOrFromBeforeTheSnapshotBeginsAgain() {
    goLive(10);
    assertThat(watched.resume(new EventPosition(3, 12))).isEqualTo(StreamCursor.NOWHERE);
    assertThat(watched.resume(new EventPosition(4, 8))).isEqualTo(StreamCursor.NOWHERE);
    assertThat(watched.resume(new EventPosition(4, 9)).offset()).isEqualTo(9);
  }

  @Test
  void plannedBatchIsNeverTakenForAnEndedOneBeforeItsStepsAreHere() {
    watched.beginLoad();
    watched.install(batch.after(batch.planning(1), List.of(), 4, 0));
    watched.endLoad();
    assertThat(watched.apply(batch.ended(2), 0)).isTrue();
    assertThat(watched.document().status()).isEqualTo(BatchStatus.PLANNING);
    assertThat(watched.isStale()).isTrue();
    goLive(1);
    assertThat(watched.isStale()).isFalse();
    assertThat(watched.document().counts().total()).isEqualTo(40);
  }

  @Test
  void newSnapshotIsToldToStreams() {
    goLive(0);
    StreamUpdate.Snapshot first = (StreamUpdate.Snapshot) watched.updateFrom(StreamCursor.NOWHERE);
    watched.lostEvents();
    goLive(100);
    assertThat(watched.updateFrom(first.cursor())).isInstanceOf(StreamUpdate.Snapshot.class);
  }

  @Test
  void atMost64KeysAreRememberedAndTheOneUsedLastIsKept() {
    for (int i = 0; i < 100; i++) {
      watched.permit("key-" + i, Instant.MAX);
    }
    assertThat(watched.permittedUntil("key-35")).isNull();
    assertThat(watched.permittedUntil("key-36")).isEqualTo(Instant.MAX);
    assertThat(watched.someKey()).isEqualTo("key-36");
  }
}
