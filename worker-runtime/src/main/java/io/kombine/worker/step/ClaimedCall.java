package io.kombine.worker.step;

import io.kombine.contracts.RunStep;
import io.kombine.worker.claim.Claim;
import io.kombine.worker.claim.Claims;
import io.kombine.worker.crash.CrashPoint;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.ProviderCall;
import java.time.Duration;
import java.util.List;

/** A call under a claim. */
record ClaimedCall(Claim claim, List<CallInput> inputs, Claims claims, HeldBatches held)
    implements ProviderCall {

  private static final int MAX_TASK_ID = 500;

  @Override
  public RunStep step() {
    return claim.step();
  }

  @Override
  public String idempotencyKey() {
    return step().stepId() + "-" + step().attempt();
  }

  @Override
  public void submitted(String providerTaskId) {
    if (providerTaskId.length() > MAX_TASK_ID) {
      throw new IllegalArgumentException("a provider's task id has at most 500 characters");
    }
    CrashPoint.CALL_ACCEPTED.reached(step().stepId());
    // why the answer is not looked at: who lost the claim still sees its call to the end, and
    // settling decides
    claims.submitted(claim, providerTaskId);
    CrashPoint.CALL_SUBMITTED.reached(step().stepId());
  }

  @Override
  public boolean cancelled() {
    return held.isCancelled(step().batchId());
  }

  @Override
  public boolean pause(Duration duration) throws InterruptedException {
    return held.awaitCancelled(step().batchId(), duration);
  }
}
