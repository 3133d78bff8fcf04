package io.kombine.batch.read;

import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import org.jspecify.annotations.Nullable;

/**
 * Which of a batch's steps are listed, in the order of the plan.
 *
 * @param after list only steps of higher ordinals; -1 for all
 * @param limit 1 to {@value #MAX_LIMIT}
 */
public record StepFilter(
    @Nullable StepState state,
    @Nullable StepKind kind,
    @Nullable Integer group,
    int after,
    int limit) {

  public static final int MAX_LIMIT = 500;
}
