package io.kombine.batch.publish;

import io.kombine.batch.model.BatchRow;
import io.kombine.contracts.BatchControl;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.DeliverFile;
import io.kombine.contracts.Ids;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import io.kombine.contracts.Topics;
import io.kombine.worker.WorkerIdentity;
import io.kombine.worker.crash.CrashPoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import org.springframework.stereotype.Component;

/**
 * Puts rows that Kafka does not know onto Kafka, waits for the acknowledgements and marks them. A
 * crash in between publishes them again, which is harmless: readers merge by order, and all ids
 * were planned in advance. Called by the admitting thread.
 */
@Component
public class Publisher {

  private static final Duration CONTROL_KEPT = Duration.ofDays(7);

  private final UnannouncedRows rows;
  private final BatchEventSource batchEvents;
  private final KafkaTemplate<String, byte[]> kafka;
  private final WorkerIdentity identity;
  private final Clock clock;

  Publisher(
      UnannouncedRows rows,
      BatchEventSource batchEvents,
      KafkaTemplate<String, byte[]> kafka,
      WorkerIdentity identity,
      Clock clock) {
    this.rows = rows;
    this.batchEvents = batchEvents;
    this.kafka = kafka;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Publishes at most {@code most} rows of each table.
   *
   * @return whether there may be more
   * @throws KafkaException when the broker did not acknowledge; nothing of that table is marked
   *     then
   */
  public boolean publish(int most) throws InterruptedException {
    // why this order: a control overtakes the steps it is about
    List<BatchControl> controls = rows.controls(most, clock.instant());
    if (!controls.isEmpty()) {
      send(controls, BatchControl::batchId, Topics.BATCH_CONTROL);
      CrashPoint.CONTROLS_ACKNOWLEDGED.reached(controls.getFirst().batchId());
      rows.controlsPublished(controls);
    }
    List<StepRow> steps = rows.steps(most);
    if (!steps.isEmpty()) {
      publishSteps(steps);
      CrashPoint.STEPS_ACKNOWLEDGED.reached(steps.getFirst().stepId());
      rows.stepsPublished(steps);
      CrashPoint.STEPS_ANNOUNCED.reached(steps.getFirst().stepId());
    }
    List<DeliverFile> deliveries = rows.deliveries(most);
    if (!deliveries.isEmpty()) {
      send(deliveries, DeliverFile::batchId, Topics.DELIVERIES);
      CrashPoint.DELIVERIES_ACKNOWLEDGED.reached(deliveries.getFirst().deliveryId());
      rows.deliveriesPublished(deliveries);
    }
    List<BatchRow> batches = rows.batches(most);
    if (!batches.isEmpty()) {
      send(batchEvents.eventsOf(batches), event -> event.batchId(), Topics.STEP_EVENTS);
      rows.batchesPublished(batches);
    }
    return controls.size() == most
        || steps.size() == most
        || deliveries.size() == most
        || batches.size() == most;
  }

  /**
   * Deletes the controls of batches that ended a week ago, at most {@code most}: no record of them
   * can still be on its way.
   *
   * @return how many
   */
  public int forgetControls(int most) throws InterruptedException {
    List<UUID> ended = rows.controlsToForget(most, clock.instant().minus(CONTROL_KEPT));
    if (!ended.isEmpty()) {
      await(
          ended.stream()
              .map(batchId -> kafka.send(Topics.BATCH_CONTROL, batchId.toString(), null))
              .toList());
      rows.controlsForgotten(ended);
    }
    return ended.size();
  }

  private void publishSteps(List<StepRow> steps) throws InterruptedException {
    Instant now = clock.instant();
    Map<UUID, List<StepRow>> children =
        rows.grantedChildren(
            steps.stream()
                .filter(step -> step.state() == StepState.QUEUED)
                .map(StepRow::stepId)
                .toList());
    Map<UUID, List<StepOutput>> outputs =
        rows.outputs(
            steps.stream()
                .filter(step -> step.state() == StepState.SUCCEEDED)
                .map(StepRow::stepId)
                .toList());
    List<CompletableFuture<SendResult<String, byte[]>>> sends = new ArrayList<>();
    for (StepRow step : steps) {
      if (step.state() == StepState.QUEUED) {
        List<RunStep> granted =
            children.getOrDefault(step.stepId(), List.of()).stream()
                .map(child -> child.command(List.of(), now))
                .toList();
        sends.add(
            kafka.send(
                step.kind().topic(), step.stepId().toString(), json(step.command(granted, now))));
      }
      sends.add(
          kafka.send(
              Topics.STEP_EVENTS,
              step.batchId().toString(),
              json(event(step, outputs.getOrDefault(step.stepId(), List.of()), now))));
      CrashPoint.STEP_SENT.reached(step.stepId());
    }
    await(sends);
  }

  private StepEvent event(StepRow step, List<StepOutput> outputs, Instant now) {
    String code = step.errorCode();
    String message = step.errorMessage();
    String stopped = step.stopped();
    return new StepEvent(
        StepEvent.VERSION,
        Ids.next(),
        step.batchId(),
        step.stepId(),
        step.kind(),
        step.groupIndex(),
        step.ordinal(),
        step.epoch(),
        step.attempt(),
        step.state(),
        now,
        identity.id(),
        step.account(),
        outputs,
        null,
        code == null ? null : new StepProblem(code, message == null ? "" : message),
        step.retryAt(),
        stopped == null ? null : StopOutcome.of(stopped));
  }

  private <T> void send(List<T> messages, Function<T, UUID> key, String topic)
      throws InterruptedException {
    await(
        messages.stream()
            .map(message -> kafka.send(topic, key.apply(message).toString(), json(message)))
            .toList());
  }

  private static void await(List<CompletableFuture<SendResult<String, byte[]>>> sends)
      throws InterruptedException {
    try {
      CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).get();
    } catch (ExecutionException e) {
      throw new KafkaException("The broker did not take all records", e.getCause());
    }
  }

  private static byte[] json(Object message) {
    return ContractJson.mapper().writeValueAsBytes(message);
  }
}
