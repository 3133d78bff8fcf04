package io.kombine.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The command on {@code steps.*}: make this step's one paid call. Published by admission, and for
 * granted children by the worker that made their input. All ids are planned in advance, so a second
 * copy of the same command is harmless.
 *
 * @param version of this message, 1
 * @param ordinal the step's number within its batch, from 0
 * @param epoch number of this admission
 * @param settledEpoch the last epoch whose end batch-api had applied when it admitted this one, 0
 *     if none. A worker whose claim ended in a later epoch answers from the claim instead of
 *     calling again; a claim that ended in this epoch or before may be replaced, unless it
 *     succeeded
 * @param attempt the number of this try among those that count, from 1
 * @param maxAttempts after so many the step fails
 * @param account whose limits and budget the call uses
 * @param inputs each with its artifact, save on a granted child
 * @param outputCount how many outputs one call shall return, from 1
 * @param contentKey SHA-256 of what decides the output; present where equal steps may share it
 * @param batchFolder the name of the batch's folder in the tree
 * @param deliveries one for each output that goes into the tree
 * @param children granted by admission: chained by this step's worker when it succeeds; theirs have
 *     no children
 */
public record RunStep(
    int version,
    UUID stepId,
    UUID batchId,
    String owner,
    StepKind kind,
    int groupIndex,
    int ordinal,
    int epoch,
    int settledEpoch,
    int attempt,
    int maxAttempts,
    String account,
    String provider,
    String model,
    String prompt,
    int promptIndex,
    int variation,
    StepParameters parameters,
    List<StepInput> inputs,
    int outputCount,
    StepPrice price,
    @Nullable String contentKey,
    @Nullable String batchFolder,
    List<PlannedDelivery> deliveries,
    Instant admittedAt,
    List<RunStep> children) {

  public static final int VERSION = 1;

  public RunStep {
    inputs = List.copyOf(inputs);
    deliveries = List.copyOf(deliveries);
    children = List.copyOf(children);
    if (epoch < 1 || settledEpoch < 0 || settledEpoch >= epoch) {
      throw new IllegalArgumentException(
          "epoch " + epoch + " must be at least 1 and later than settledEpoch " + settledEpoch);
    }
    if (attempt < 1 || outputCount < 1) {
      throw new IllegalArgumentException("attempt and outputCount are numbered from 1");
    }
  }

  /** This granted child, ready to be published with {@code outputs} of its parent as its inputs. */
  public RunStep chained(List<StepOutput> outputs) {
    List<StepInput> filled =
        inputs.stream()
            .map(input ->
                input.parentOutput() == null
                    ? input
                    : StepInput.of(input.role(), outputs.get(input.parentOutput()).artifact()))
            .toList();
    return new RunStep(
        version,
        stepId,
        batchId,
        owner,
        kind,
        groupIndex,
        ordinal,
        epoch,
        settledEpoch,
        attempt,
        maxAttempts,
        account,
        provider,
        model,
        prompt,
        promptIndex,
        variation,
        parameters,
        filled,
        outputCount,
        price,
        contentKey,
        batchFolder,
        deliveries,
        admittedAt,
        children);
  }

  /** Whether {@code outputs} outputs of the parent are enough to fill this child's inputs. */
  public boolean canChainFrom(int outputs) {
    return inputs.stream()
        .allMatch(input -> input.parentOutput() == null || input.parentOutput() < outputs);
  }
}
