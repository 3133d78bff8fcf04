package io.kombine.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.BatchSnapshot;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepState;
import io.kombine.gateway.TestBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.springframework.util.unit.DataSize;

/** Whatever came first, and however often: a replica ends with what all events say together. */
class ProjectionMergeProperties {

  static final StatusProperties PROPERTIES =
      new StatusProperties(
          10,
          1000,
          Duration.ofMinutes(1),
          Duration.ofSeconds(5),
          1,
          DataSize.ofMegabytes(1),
          1000,
          1000,
          Duration.ofMinutes(1));

  private static List<StatusEvent> randomEvents(TestBatch batch, Random random, int count) {
    List<StatusEvent> events = new ArrayList<>();
    StepState[] states = StepState.values();
    for (int i = 0; i < count; i++) {
      events.add(
          random.nextInt(6) == 0
              ? batch.running(1 + random.nextInt(50))
              : batch.step(
                  random.nextInt(batch.size()),
                  1 + random.nextInt(4),
                  states[random.nextInt(states.length)]));
    }
    return events;
  }

  @Property(tries = 300)
  void snapshotAtAnyPointAndEventsFromAnyEarlierPointGiveTheSameState(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 80) int count,
      @ForAll @IntRange(min = 0, max = 80) int registered,
      @ForAll @IntRange(min = 0, max = 80) int ahead,
      @ForAll @IntRange(min = 0, max = 80) int installedAfter) {
    Random random = new Random(seed);
    TestBatch batch = new TestBatch(7);
    List<StatusEvent> log = randomEvents(batch, random, count);
    int from = Math.min(registered, count);
    int snapshotAt = Math.min(from + ahead, count);
    int installAt = Math.min(from + installedAfter, count);
    WatchedBatch watched = new WatchedBatch(batch.id(), 2, PROPERTIES, Instant.EPOCH);

    watched.beginLoad();
    for (int offset = from; offset < installAt; offset++) {
      watched.apply(log.get(offset), offset);
    }
    BatchSnapshot snapshot =
        batch.after(batch.running(1), log.subList(0, snapshotAt), 2, snapshotAt);
    assertThat(watched.install(snapshot)).isTrue();
    watched.endLoad();
    for (int offset = installAt; offset < count; offset++) {
      watched.apply(log.get(offset), offset);
    }

    BatchProjection all = new BatchProjection(batch.after(batch.running(1), log, 2, count));
    assertThat(watched.document()).isEqualTo(all.document());
    assertThat(((StreamUpdate.Snapshot) watched.updateFrom(StreamCursor.NOWHERE)).snapshot())
        .isEqualTo(
            new StatusSnapshot(
                all.document(), all.allSteps().stream().map(StepChange::of).toList()));
  }

  @Property(tries = 300)
  void clientThatFollowsDeltasFromAnyPositionEndsWithTheSameSteps(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @IntRange(min = 1, max = 9) int fold) {
    Random random = new Random(seed);
    TestBatch batch = new TestBatch(7);
    List<StatusEvent> log = randomEvents(batch, random, count);
    WatchedBatch watched = new WatchedBatch(batch.id(), 2, PROPERTIES, Instant.EPOCH);
    watched.beginLoad();
    watched.install(batch.after(batch.running(1), List.of(), 2, 0));
    watched.endLoad();
    StepChange[] client = new StepChange[7];
    StreamUpdate.Snapshot first = (StreamUpdate.Snapshot) watched.updateFrom(StreamCursor.NOWHERE);
    first.snapshot().steps().toArray(client);
    StreamCursor cursor = first.cursor();

    for (int offset = 0; offset < count; offset++) {
      watched.apply(log.get(offset), offset);
      if (random.nextInt(fold) == 0 || offset == count - 1) {
        // why resume: at each point it may as well have come back with the last id
        StreamCursor at =
            random.nextBoolean() ? cursor : watched.resume(new EventPosition(2, cursor.offset()));
        if (watched.updateFrom(at) instanceof StreamUpdate.Delta delta) {
          delta.delta().steps().forEach(step -> client[step.ordinal()] = step);
          cursor = delta.cursor();
        }
      }
    }

    BatchProjection all = new BatchProjection(batch.after(batch.running(1), log, 2, count));
    assertThat(client)
        .containsExactly(all.allSteps().stream().map(StepChange::of).toArray(StepChange[]::new));
  }
}
