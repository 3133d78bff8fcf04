package io.kombine.batch.prompt;

import io.kombine.contracts.StepKind;
import java.util.List;

/** A model that rewrites prompts. Thread-safe; blocks its thread while it works. */
public interface TextModel {

  /** The id that clients name it by. */
  String id();

  /**
   * A richer prompt for each, in the same order.
   *
   * @param target what the prompts are for: {@code I2I} or {@code I2V}
   */
  List<String> enhance(List<String> prompts, StepKind target);
}
