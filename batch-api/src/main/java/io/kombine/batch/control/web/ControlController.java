package io.kombine.batch.control.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.approval.ApprovalService;
import io.kombine.batch.approval.Verdict;
import io.kombine.batch.control.BatchControlService;
import io.kombine.batch.control.CancelConfirmation;
import io.kombine.batch.control.CancelResult;
import io.kombine.batch.control.ControlResult;
import io.kombine.batch.control.Decision;
import io.kombine.batch.control.RetryResult;
import io.kombine.batch.control.web.ControlViews.ApprovalWord;
import io.kombine.batch.control.web.ControlViews.Approvals;
import io.kombine.batch.control.web.ControlViews.Approved;
import io.kombine.batch.control.web.ControlViews.Cancelled;
import io.kombine.batch.control.web.ControlViews.Change;
import io.kombine.batch.control.web.ControlViews.Decided;
import io.kombine.batch.control.web.ControlViews.Retried;
import io.kombine.batch.control.web.ControlViews.StepDecision;
import io.kombine.batch.model.BatchRow;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.read.BatchReads;
import io.kombine.contracts.BatchView;
import io.kombine.worker.crash.CrashPoint;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an owner may do to a batch under way (design §5.6). Each may be repeated without harm. */
@RestController
@RequestMapping("/api/batches/{id}")
class ControlController {

  /** How long a cancel waits for the stages before it answers 202. */
  private static final Duration CANCEL_WAIT = Duration.ofSeconds(10);

  private final BatchReads batches;
  private final BatchControlService control;
  private final CancelConfirmation confirmation;
  private final ApprovalService approvals;

  ControlController(
      BatchReads batches,
      BatchControlService control,
      CancelConfirmation confirmation,
      ApprovalService approvals) {
    this.batches = batches;
    this.control = control;
    this.confirmation = confirmation;
    this.approvals = approvals;
  }

  /** 200 once no new paid call can begin, 202 while stages have yet to confirm that. */
  @PostMapping("/cancel")
  ResponseEntity<Cancelled> cancel(Owner owner, @PathVariable UUID id) throws InterruptedException {
    checkOwned(owner, id);
    CancelResult result = control.cancel(id);
    CrashPoint.CANCEL_COMMITTED.reached(id);
    if (result.outcome() == CancelResult.Outcome.PENDING) {
      result = confirmation.awaitConfirmed(id, CANCEL_WAIT);
    }
    return switch (result.outcome()) {
      case CONFIRMED -> ResponseEntity.ok(cancelled(owner, id, true, result.begun()));
      case PENDING -> ResponseEntity.accepted().body(cancelled(owner, id, false, result.begun()));
      case ALREADY_ENDED -> throw tooLate();
      case NOT_FOUND -> throw missing(id);
    };
  }

  @PostMapping("/pause")
  BatchView pause(Owner owner, @PathVariable UUID id) {
    checkOwned(owner, id);
    return held(owner, id, control.pause(id, BatchRow.HELD_BY_USER));
  }

  @PostMapping("/resume")
  BatchView resume(Owner owner, @PathVariable UUID id) {
    checkOwned(owner, id);
    return held(owner, id, control.resume(id));
  }

  /** Raises or lowers what the batch may cost at most. */
  @PatchMapping
  BatchView change(Owner owner, @PathVariable UUID id, @RequestBody Change body) {
    checkOwned(owner, id);
    BigDecimal maxCost = body.maxCost();
    if (maxCost == null) {
      throw wrong("max_cost", "is required");
    }
    if (maxCost.signum() <= 0 || maxCost.precision() > 20 || Math.abs(maxCost.scale()) > 12) {
      throw wrong("max_cost", "must be more than 0 and have at most 12 decimals");
    }
    return held(owner, id, control.limit(id, maxCost));
  }

  @PostMapping("/retry-failed")
  Retried retryFailed(Owner owner, @PathVariable UUID id) {
    checkOwned(owner, id);
    RetryResult result = control.retryFailed(id);
    return switch (result.outcome()) {
      case DONE, NOTHING_FAILED ->
          new Retried(id, view(owner, id).status(), result.steps(), result.files());
      case CANCELLED -> throw tooLate();
      case NOT_FOUND -> throw missing(id);
    };
  }

  @PostMapping("/approvals")
  Approved approve(Owner owner, @PathVariable UUID id, @RequestBody Approvals body) {
    checkOwned(owner, id);
    Verdict verdict = body.decision() == ApprovalWord.REJECT ? Verdict.REJECT : Verdict.APPROVE;
    List<UUID> decided = approvals.decide(id, ApprovalSelections.of(body), verdict);
    BatchView now = view(owner, id);
    return new Approved(
        id,
        now.status(),
        verdict == Verdict.APPROVE ? decided : List.of(),
        verdict == Verdict.REJECT ? decided : List.of(),
        now.cost().toFinish());
  }

  @PostMapping("/steps/{stepId}/decision")
  Decided decide(
      Owner owner,
      @PathVariable UUID id,
      @PathVariable UUID stepId,
      @RequestBody StepDecision body) {
    checkOwned(owner, id);
    if (body.decision() == null) {
      throw wrong("decision", "is required");
    }
    Decision decision =
        switch (body.decision()) {
          case RETRY -> Decision.RETRY;
          case GIVE_UP -> Decision.GIVE_UP;
        };
    return switch (control.decide(id, stepId, decision)) {
      case DONE -> new Decided(id, stepId, body.decision());
      case NOT_UNKNOWN ->
          throw new ProblemException(
              ProblemType.STATE_CONFLICT, "The step is not held for a decision.");
      case NOT_FOUND ->
          throw new ProblemException(
              ProblemType.STEP_NOT_FOUND, "The batch has no step " + stepId + ".");
    };
  }

  private BatchView held(Owner owner, UUID id, ControlResult result) {
    return switch (result.outcome()) {
      case DONE, UNCHANGED -> view(owner, id);
      case TOO_LATE -> throw tooLate();
      case NOT_FOUND -> throw missing(id);
    };
  }

  private Cancelled cancelled(Owner owner, UUID id, boolean confirmed, List<UUID> begun) {
    return new Cancelled(id, view(owner, id).status(), confirmed, begun);
  }

  private BatchView view(Owner owner, UUID id) {
    return batches.find(owner.name(), id).orElseThrow(() -> missing(id));
  }

  private void checkOwned(Owner owner, UUID id) {
    if (!batches.exists(owner.name(), id)) {
      throw missing(id);
    }
  }

  private static ProblemException wrong(String field, String message) {
    return ProblemException.of(ProblemType.INVALID_REQUEST, FieldProblem.of(field, message));
  }

  private static ProblemException tooLate() {
    return new ProblemException(
        ProblemType.STATE_CONFLICT, "The batch has ended or is cancelled; nothing was changed.");
  }

  private static ProblemException missing(UUID id) {
    return new ProblemException(
        ProblemType.BATCH_NOT_FOUND, "There is no batch " + id + " of yours.");
  }
}
