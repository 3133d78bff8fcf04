package io.kombine.gateway;

import io.kombine.contracts.BatchControl;
import io.kombine.contracts.BatchCost;
import io.kombine.contracts.BatchEvent;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.BatchProgress;
import io.kombine.contracts.BatchSnapshot;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.DeliveryProgress;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepCounts;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepPosition;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A batch for tests: makes its events, and its snapshot after any of them. */
public final class TestBatch {

  private static final Instant TIME = Instant.parse("2026-11-21T07:44:57Z");

  private final UUID id = Ids.next();
  private final List<UUID> stepIds = new ArrayList<>();

  public TestBatch(int steps) {
    for (int i = 0; i < steps; i++) {
      stepIds.add(Ids.next());
    }
  }

  public UUID id() {
    return id;
  }

  public int size() {
    return stepIds.size();
  }

  public StepKind kindOf(int ordinal) {
    return ordinal % 3 == 0 ? StepKind.I2I : StepKind.I2V;
  }

  public StepEvent step(int ordinal, int epoch, StepState state) {
    return new StepEvent(
        StepEvent.VERSION,
        Ids.next(),
        id,
        stepIds.get(ordinal),
        kindOf(ordinal),
        ordinal / 6,
        ordinal,
        epoch,
        1,
        state,
        TIME,
        "worker-1",
        "local",
        List.of(),
        null,
        null,
        null,
        null);
  }

  public BatchEvent planning(long revision) {
    return batch(revision, true, 0, BatchStatus.PLANNING, false);
  }

  public BatchEvent running(long revision) {
    return batch(revision, false, size(), BatchStatus.RUNNING, false);
  }

  public BatchEvent ended(long revision) {
    return batch(revision, false, size(), BatchStatus.COMPLETED, true);
  }

  private BatchEvent batch(
      long revision, boolean planning, int steps, BatchStatus status, boolean delivered) {
    return new BatchEvent(
        BatchEvent.VERSION,
        Ids.next(),
        id,
        BatchKind.PIPELINE,
        "Autumn campaign",
        "default",
        revision,
        steps,
        planning,
        !planning,
        BatchControl.Hold.NONE,
        null,
        status,
        new BatchCost(
            "USD",
            new BigDecimal("0.612"),
            BigDecimal.valueOf(revision, 3),
            BigDecimal.ZERO,
            BigDecimal.ZERO),
        new DeliveryProgress(3, delivered ? 3 : 1, 0, "file:///drive/Autumn%20campaign/"),
        delivered,
        40L,
        null,
        TIME,
        planning ? null : TIME,
        delivered ? TIME.plusSeconds(60) : null,
        null,
        TIME,
        "batch-api-1");
  }

  /** The batch as all of {@code events} leave it, whatever their order. */
  public BatchSnapshot after(
      BatchEvent planned, List<? extends StatusEvent> events, int partition, long nextOffset) {
    BatchEvent batch = planned;
    StepPosition[] at = new StepPosition[size()];
    java.util.Arrays.fill(at, new StepPosition(1, StepState.WAITING));
    for (StatusEvent event : events) {
      switch (event) {
        case StepEvent step -> at[step.ordinal()] = at[step.ordinal()].merge(step.position());
        case BatchEvent next -> batch = next.revision() > batch.revision() ? next : batch;
        default -> throw new IllegalArgumentException("not of this test: " + event);
      }
    }
    List<BatchSnapshot.Step> steps = new ArrayList<>();
    for (int i = 0; i < size() && !batch.planning(); i++) {
      steps.add(
          new BatchSnapshot.Step(
              stepIds.get(i), kindOf(i), i / 6, i, at[i].epoch(), at[i].state()));
    }
    return new BatchSnapshot(partition, nextOffset, batch, steps);
  }

  /** The status that follows from a snapshot, by the rule in contracts. */
  public static BatchStatus statusOf(BatchSnapshot snapshot) {
    BatchEvent batch = snapshot.batch();
    return new BatchProgress(
            batch.planning(),
            batch.hold(),
            batch.started(),
            countsOf(snapshot),
            batch.delivery().failed(),
            batch.deliveriesComplete())
        .status();
  }

  public static StepCounts countsOf(BatchSnapshot snapshot) {
    Map<StepState, Integer> counts = new EnumMap<>(StepState.class);
    snapshot.steps().forEach(step -> counts.merge(step.state(), 1, Integer::sum));
    return StepCounts.of(counts);
  }
}
