package io.kombine.contracts;

import org.jspecify.annotations.Nullable;

/**
 * One input of a step: an artifact that exists, or a place for an output of its parent that the
 * worker fills when it chains. Exactly one of the two is given.
 *
 * @param role what the model shall take it for
 * @param artifact present on every step that may run
 * @param parentOutput index of the parent's output, from 0, on a granted child
 */
public record StepInput(Role role, @Nullable ArtifactRef artifact, @Nullable Integer parentOutput) {

  /** What an input is to the model. */
  public enum Role {
    /** The image to edit, or the first frame. */
    IMAGE,
    /** A picture to keep to in style or subject. */
    REFERENCE,
    /** A product's photograph. */
    PRODUCT,
    /** What an {@code analysis} step found, as JSON text. */
    ANALYSIS
  }

  public StepInput {
    if ((artifact == null) == (parentOutput == null)) {
      throw new IllegalArgumentException(
          "an input is either an artifact or a place for the parent's output");
    }
  }

  public static StepInput of(Role role, ArtifactRef artifact) {
    return new StepInput(role, artifact, null);
  }

  public static StepInput ofParent(Role role, int output) {
    return new StepInput(role, null, output);
  }
}
