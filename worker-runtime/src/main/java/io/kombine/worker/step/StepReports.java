package io.kombine.worker.step;

import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.DeliverFile;
import io.kombine.contracts.Ids;
import io.kombine.contracts.PlannedDelivery;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import io.kombine.contracts.Topics;
import io.kombine.worker.WorkerIdentity;
import io.kombine.worker.claim.Claims;
import io.kombine.worker.consume.ContractRecords;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaOperations;

/** Says on Kafka what became of steps, and passes their outputs on. Thread-safe. */
final class StepReports {

  private final KafkaOperations<String, byte[]> kafka;
  private final WorkerIdentity worker;
  private final Clock clock;

  StepReports(KafkaOperations<String, byte[]> kafka, WorkerIdentity worker, Clock clock) {
    this.kafka = kafka;
    this.worker = worker;
    this.clock = clock;
  }

  /** The event of a step's end at the record's epoch. */
  StepEvent event(RunStep step, StepEnd end) {
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
        end.state(),
        clock.instant(),
        worker.id(),
        step.account(),
        end.outputs(),
        end.cost(),
        end.error(),
        end.retryAt(),
        end.stopped());
  }

  /** Says that the step's call is under way. Not waited for: a later report says more. */
  void running(RunStep step) {
    send(event(step, state(StepState.RUNNING, null)));
  }

  /**
   * Publishes everything that follows from an end, the event last, and waits until all of it is
   * acknowledged.
   */
  void ended(RunStep step, StepEvent event) throws InterruptedException {
    List<CompletableFuture<?>> sends = new ArrayList<>();
    if (event.state() == StepState.SUCCEEDED) {
      for (RunStep child : step.children()) {
        if (child.canChainFrom(event.outputs().size())) {
          sends.add(
              send(
                  child.kind().topic(), child.stepId().toString(), child.chained(event.outputs())));
        }
      }
    }
    for (DeliverFile delivery : deliveries(step, event.outputs())) {
      sends.add(send(Topics.DELIVERIES, step.batchId().toString(), delivery));
    }
    sends.add(send(event));
    await(sends);
  }

  /**
   * Says that the batch's control keeps the step from running, and waits for the acknowledgement.
   */
  void held(RunStep step, Hold hold) throws InterruptedException {
    StepEvent event =
        switch (hold) {
          case CANCELLED -> event(step, state(StepState.CANCELLED, StopOutcome.STOPPED_FREE));
          // why the next epoch: READY does not come after QUEUED within one
          case PAUSED, NONE -> atNextEpoch(event(step, state(StepState.READY, null)));
        };
    await(List.of(send(event)));
  }

  /** Says that a step's record could not be processed, and waits for the acknowledgement. */
  void lost(Lost step, String reason) throws InterruptedException {
    await(
        List.of(
            send(
                new StepEvent(
                    StepEvent.VERSION,
                    Ids.next(),
                    step.batchId(),
                    step.stepId(),
                    step.kind(),
                    step.groupIndex(),
                    step.ordinal(),
                    step.epoch(),
                    0,
                    StepState.FAILED,
                    clock.instant(),
                    worker.id(),
                    step.account(),
                    List.of(),
                    null,
                    new StepProblem("dead_letter", reason),
                    null,
                    null))));
  }

  /** What an unreadable record still says. */
  record Lost(
      UUID batchId,
      UUID stepId,
      StepKind kind,
      int groupIndex,
      int ordinal,
      int epoch,
      String account) {}

  private static StepEnd state(StepState state, @Nullable StopOutcome stopped) {
    return new StepEnd(state, Claims.End.RELEASED, List.of(), null, null, null, stopped);
  }

  private static StepEvent atNextEpoch(StepEvent event) {
    return new StepEvent(
        event.version(),
        event.eventId(),
        event.batchId(),
        event.stepId(),
        event.kind(),
        event.groupIndex(),
        event.ordinal(),
        event.epoch() + 1,
        event.attempt(),
        event.state(),
        event.time(),
        event.worker(),
        event.account(),
        event.outputs(),
        event.cost(),
        event.error(),
        event.retryAt(),
        event.stopped());
  }

  private static List<DeliverFile> deliveries(RunStep step, List<StepOutput> outputs) {
    String folder = step.batchFolder();
    if (folder == null) {
      return List.of();
    }
    List<DeliverFile> files = new ArrayList<>();
    for (PlannedDelivery planned : step.deliveries()) {
      outputs.stream()
          .filter(output -> output.index() == planned.outputIndex())
          .forEach(output ->
              files.add(
                  new DeliverFile(
                      DeliverFile.VERSION,
                      planned.deliveryId(),
                      step.batchId(),
                      step.stepId(),
                      output.index(),
                      1,
                      folder,
                      planned.path(),
                      output.artifact(),
                      false)));
    }
    return files;
  }

  private CompletableFuture<?> send(StepEvent event) {
    return send(Topics.STEP_EVENTS, event.batchId().toString(), event);
  }

  private CompletableFuture<?> send(String topic, String key, Object message) {
    return kafka.send(ContractRecords.write(topic, key, message));
  }

  private static void await(List<CompletableFuture<?>> sends) throws InterruptedException {
    try {
      CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).get();
    } catch (ExecutionException e) {
      throw new KafkaException("The broker did not take all records", e.getCause());
    }
  }
}
