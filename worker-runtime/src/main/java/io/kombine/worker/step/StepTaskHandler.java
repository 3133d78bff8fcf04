package io.kombine.worker.step;

import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import io.kombine.worker.artifact.ArtifactNotFoundException;
import io.kombine.worker.artifact.ImageRefusedException;
import io.kombine.worker.claim.Begin;
import io.kombine.worker.claim.Claim;
import io.kombine.worker.claim.Claims;
import io.kombine.worker.claim.Claims.End;
import io.kombine.worker.claim.Reservation;
import io.kombine.worker.consume.ContractRecords;
import io.kombine.worker.consume.IllegalRecordException;
import io.kombine.worker.consume.Permit;
import io.kombine.worker.consume.TaskHandler;
import io.kombine.worker.consume.TaskResult;
import io.kombine.worker.crash.CrashPoint;
import io.kombine.worker.limit.AccountLimits;
import io.kombine.worker.limit.Admission;
import io.kombine.worker.limit.Token;
import io.kombine.worker.provider.Departure;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.ProviderOutcome.Failure;
import io.kombine.worker.provider.ProviderOutcome.Succeeded;
import io.kombine.worker.provider.StepProvider;
import io.kombine.worker.provider.StepProviders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Runs one step: reserve, begin, call, store, settle, publish (docs/architecture.md §3 and §4). A
 * crash between any two of them repeats from the record; the claim says what was done.
 */
final class StepTaskHandler implements TaskHandler {

  /** Before a record is looked at again whose claim this process has lost or handed back. */
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final StepKind kind;
  private final Claims claims;
  private final AccountLimits limits;
  private final StepProviders providers;
  private final OutputStore outputs;
  private final StepReports reports;
  private final RunningSteps running;
  private final CallGuard guard;
  private final OutcomeRule rule;
  private final HeldBatches held;
  private final StepMetrics metrics;
  private final Clock clock;

  StepTaskHandler(
      StepKind kind,
      Claims claims,
      AccountLimits limits,
      StepProviders providers,
      OutputStore outputs,
      StepReports reports,
      RunningSteps running,
      CallGuard guard,
      OutcomeRule rule,
      HeldBatches held,
      StepMetrics metrics,
      Clock clock) {
    this.kind = kind;
    this.claims = claims;
    this.limits = limits;
    this.providers = providers;
    this.outputs = outputs;
    this.reports = reports;
    this.running = running;
    this.guard = guard;
    this.rule = rule;
    this.held = held;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public TaskResult handle(ConsumerRecord<String, byte[]> message, Permit permit)
      throws InterruptedException {
    RunStep step = ContractRecords.read(message, RunStep.class);
    if (step.kind() != kind) {
      throw new IllegalRecordException(
          "a step of kind " + step.kind().wireName() + " is on " + message.topic());
    }
    if (permit.draining()) {
      return TaskResult.park(AGAIN);
    }
    Duration limited = limits.remembered(step.account());
    if (limited.isPositive()) {
      return TaskResult.park(limited);
    }
    try {
      Reservation reservation = claims.reserve(step, message.partition());
      CrashPoint.STEP_RESERVED.reached(step.stepId());
      return switch (reservation) {
        case Reservation.Fresh fresh -> run(fresh.claim(), permit);
        case Reservation.TakenOver over -> recover(over.claim(), over.providerTaskId(), permit);
        case Reservation.Exhausted exhausted -> giveUp(exhausted.claim());
        case Reservation.Answered answered -> publish(step, answered.result());
        case Reservation.Busy busy -> TaskResult.park(busy.pause());
        case Reservation.Duplicate duplicate -> TaskResult.park(duplicate.pause());
        case Reservation.Forbidden forbidden -> forbidden(step, forbidden.hold());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TaskResult run(Claim claim, Permit permit) throws IOException, InterruptedException {
    RunStep step = claim.step();
    Optional<StepProvider> provider = providers.find(step.provider());
    if (provider.isEmpty()) {
      return settle(
          claim,
          rule.failed(
              step,
              new ProviderOutcome.Input("No provider is named " + step.provider() + " here."),
              clock.instant(),
              false));
    }
    ClaimedCall call;
    try {
      call = new ClaimedCall(claim, outputs.inputs(step), claims, held);
    } catch (ArtifactNotFoundException e) {
      // why no other failure: a store that is away is no fault of the step
      return settle(
          claim,
          rule.failed(
              step,
              new ProviderOutcome.Input("An input of the step is not in the artifact store."),
              clock.instant(),
              false));
    } catch (IOException e) {
      claims.giveBack(claim);
      throw e;
    }
    return call(call, provider.get(), permit);
  }

  private TaskResult call(ClaimedCall call, StepProvider provider, Permit permit)
      throws IOException, InterruptedException {
    Claim claim = call.claim();
    if (permit.draining()) {
      claims.giveBack(claim);
      return TaskResult.park(AGAIN);
    }
    Admission admission;
    try {
      admission = limits.acquire(claim.step(), provider.hardTimeout(claim.step()));
    } catch (DataAccessException e) {
      claims.giveBack(claim);
      throw e;
    }
    return switch (admission) {
      case Admission.Granted granted -> begin(call, provider, granted.token());
      // why not given back once it was taken over: each further taking counts towards giving it up
      case Admission.Later later when claim.takeovers() == 0 -> {
        claims.giveBack(claim);
        yield TaskResult.park(later.pause());
      }
      case Admission.Later later ->
          notCalled(claim, new ProviderOutcome.Wait("Its account is at a limit.", later.pause()));
      case Admission.Held heldBack ->
          notCalled(claim, new ProviderOutcome.Wait(heldBack.why(), heldBack.pause()));
      case Admission.Refused refused -> notCalled(claim, new ProviderOutcome.Input(refused.why()));
    };
  }

  private TaskResult notCalled(Claim claim, Failure why) throws InterruptedException {
    RunStep step = claim.step();
    return settle(claim, rule.failed(step, why, clock.instant(), held.isCancelled(step.batchId())));
  }

  private TaskResult begin(ClaimedCall call, StepProvider provider, Token token)
      throws IOException, InterruptedException {
    Claim claim = call.claim();
    Begin begin;
    try {
      begin = claims.begin(claim, provider.hardTimeout(claim.step()));
    } catch (DataAccessException e) {
      // why not tried again here: only reserving again says whose the claim is
      limits.giveBack(token);
      throw e;
    }
    return switch (begin) {
      case Begin.Lost _ -> {
        limits.giveBack(token);
        yield TaskResult.park(AGAIN);
      }
      case Begin.Forbidden forbidden -> {
        limits.giveBack(token);
        yield claim.takeovers() == 0
            ? forbidden(claim.step(), forbidden.hold())
            : settleHeld(claim, forbidden.hold());
      }
      case Begin.NoSlot _ -> {
        limits.giveBack(token);
        claims.giveBack(claim);
        yield TaskResult.park(AGAIN);
      }
      case Begin.Granted _ -> {
        CrashPoint.CALL_BEGUN.reached(claim.step().stepId());
        limits.freshen(token);
        yield finish(call, provider, token);
      }
    };
  }

  /** Sees the call to its end, whatever happens to partition and lease meanwhile. */
  private TaskResult finish(ClaimedCall call, StepProvider provider, Token token)
      throws IOException, InterruptedException {
    RunStep step = call.step();
    running.begun(step);
    try {
      ProviderOutcome outcome =
          metrics.timed(
              provider.name(),
              () ->
                  guard.run(
                      provider,
                      step,
                      () -> Departure.of(() -> limits.freshen(token), () -> provider.call(call))));
      CrashPoint.CALL_ANSWERED.reached(step.stepId());
      return settle(call.claim(), end(step, limits.ended(token, step, outcome)));
    } finally {
      running.ended(step);
    }
  }

  private StepEnd end(RunStep step, ProviderOutcome outcome) throws InterruptedException {
    boolean cancelled = held.isCancelled(step.batchId());
    return switch (outcome) {
      case Succeeded succeeded ->
          Persistence.until(
              "Storing what a call produced", () -> stored(step, succeeded, cancelled));
      case Failure failure -> rule.failed(step, failure, clock.instant(), cancelled);
    };
  }

  private StepEnd stored(RunStep step, Succeeded succeeded, boolean cancelled) throws IOException {
    List<StepOutput> stored;
    try {
      stored = outputs.put(succeeded.outputs());
    } catch (ImageRefusedException e) {
      return rule.failed(
          step,
          new ProviderOutcome.Retry(
              "The provider's answer is no usable image: " + e.getMessage(), succeeded.charge()),
          clock.instant(),
          cancelled);
    }
    StepEnd end = rule.succeeded(step, stored, succeeded.charge(), cancelled);
    CrashPoint.OUTPUTS_STORED.reached(step.stepId());
    outputs.putReceipt(step, new Receipt(stored, end.cost()));
    CrashPoint.RECEIPT_STORED.reached(step.stepId());
    return end;
  }

  /** Finds out what became of a call that another process began, and pays again only where safe. */
  private TaskResult recover(Claim claim, @Nullable String providerTaskId, Permit permit)
      throws IOException, InterruptedException {
    RunStep step = claim.step();
    Optional<Receipt> receipt = outputs.findReceipt(step);
    if (receipt.isPresent()) {
      return settle(claim, ofReceipt(receipt.get(), step));
    }
    StepProvider provider = providers.find(step.provider()).orElse(null);
    if (provider == null) {
      return run(claim, permit);
    }
    if (providerTaskId != null || provider.findsByIdempotencyKey()) {
      ClaimedCall call = new ClaimedCall(claim, outputs.inputs(step), claims, held);
      running.begun(step);
      Optional<ProviderOutcome> asked;
      try {
        asked = guard.ask(provider, step, () -> provider.ask(call, providerTaskId));
      } finally {
        running.ended(step);
      }
      return asked.isPresent()
          ? settle(claim, end(step, limits.learned(step, asked.get())))
          : call(call, provider, permit);
    }
    if (provider.resubmitSafe()) {
      return run(claim, permit);
    }
    return settle(
        claim,
        rule.failed(
            step,
            new ProviderOutcome.Ambiguous(
                "The worker that made the call is gone, and the provider cannot be asked."),
            clock.instant(),
            held.isCancelled(step.batchId())));
  }

  /**
   * Ends a step whose worker is lost at each try. A call that may be billed is not called failed: a
   * failed step may be retried without a decision, and would be paid for again.
   */
  private TaskResult giveUp(Claim claim) throws IOException, InterruptedException {
    RunStep step = claim.step();
    Optional<Receipt> receipt = outputs.findReceipt(step);
    if (receipt.isPresent()) {
      return settle(claim, ofReceipt(receipt.get(), step));
    }
    String why =
        "The step's worker was lost %d times during its call.".formatted(claim.takeovers());
    boolean free = providers.find(step.provider()).map(StepProvider::resubmitSafe).orElse(false);
    return free
        ? settle(claim, takenOverTooOften(why))
        : notCalled(claim, new ProviderOutcome.Ambiguous(why));
  }

  private static StepEnd takenOverTooOften(String why) {
    return new StepEnd(
        StepState.FAILED,
        End.SETTLED,
        List.of(),
        null,
        new StepProblem("takeovers", why),
        null,
        null);
  }

  private StepEnd ofReceipt(Receipt receipt, RunStep step) {
    return new StepEnd(
        StepState.SUCCEEDED,
        End.SETTLED,
        receipt.outputs(),
        receipt.cost(),
        null,
        null,
        held.isCancelled(step.batchId()) ? StopOutcome.FINISHED_KEPT : null);
  }

  private TaskResult settle(Claim claim, StepEnd end) throws InterruptedException {
    metrics.ended(claim.step(), end);
    StepEvent event = reports.event(claim.step(), end);
    Optional<StepEvent> settled =
        Persistence.until(
            "Settling a step",
            () -> Optional.ofNullable(claims.settle(claim, end.claimEnd(), event)));
    CrashPoint.STEP_SETTLED.reached(claim.step().stepId());
    // why finished without a word: whoever took the step over answers for it
    return settled.isEmpty() ? TaskResult.finished() : publish(claim.step(), settled.get());
  }

  private TaskResult publish(RunStep step, StepEvent answer) throws InterruptedException {
    reports.ended(step, answer);
    CrashPoint.STEP_PUBLISHED.reached(step.stepId());
    claims.published(step.stepId());
    return TaskResult.finished();
  }

  /** A claim that was taken over is not released by the refusal to begin again. */
  private TaskResult settleHeld(Claim claim, Hold hold) throws InterruptedException {
    boolean cancelled = hold == Hold.CANCELLED;
    return settle(
        claim,
        new StepEnd(
            cancelled ? StepState.CANCELLED : StepState.RETRY_WAIT,
            End.RELEASED,
            List.of(),
            null,
            cancelled ? null : new StepProblem("wait", "The batch is paused."),
            cancelled ? null : clock.instant(),
            cancelled ? StopOutcome.STOPPED_FREE : null));
  }

  private TaskResult forbidden(RunStep step, Hold hold) throws InterruptedException {
    reports.held(step, hold);
    return TaskResult.finished();
  }
}
