package io.kombine.batch.plan;

import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One paid call to come, with its lineage.
 *
 * @param ordinal from 0 within the plan
 * @param parentOrdinal the step whose output it needs; absent on a root
 * @param account whose limits and money the call uses
 * @param promptIndex which of the request's prompts of this kind, from 0
 * @param variation which of several equal calls, from 0
 * @param inputs a root's with artifacts; a child's may be places for its parent's outputs
 * @param outputCount how many outputs the one call shall return
 * @param contentKey SHA-256 of what decides the output, on a root; absent where it may be computed
 *     from the rest when it is written
 * @param paths for each output that is delivered, folder names from the batch's folder down and the
 *     file's name; empty where none is. Different for all outputs of a plan on every file system
 * @param needsApproval whether it waits for a person once it could run
 */
public record PlannedStep(
    int ordinal,
    int groupIndex,
    StepKind kind,
    @Nullable Integer parentOrdinal,
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
    List<List<String>> paths,
    boolean needsApproval) {

  public PlannedStep {
    inputs = List.copyOf(inputs);
    paths = List.copyOf(paths);
    if (paths.size() > outputCount) {
      throw new IllegalArgumentException("step " + ordinal + " delivers more than it puts out");
    }
  }
}
