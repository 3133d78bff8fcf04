package io.kombine.batch.admission;

import io.kombine.contracts.StepKind;

/** The windows of all stages now: from their caps and from how long their calls take. */
interface StageWindows {

  /** Steps of the stage that may be queued or running at once. */
  int size(Stage stage);

  /** The most calls of a kind at once in the whole cluster. */
  int cap(StepKind kind);
}
