package io.kombine.batch.approval;

import java.util.List;
import java.util.UUID;

/** Which of a batch's steps a verdict is about. Those that wait for none are passed over. */
public sealed interface Selection {

  /** These, among them steps that were decided on before. */
  record Steps(List<UUID> stepIds) implements Selection {
    public Steps {
      stepIds = List.copyOf(stepIds);
    }
  }

  /** Those that wait in these groups. */
  record Groups(List<Integer> indexes) implements Selection {
    public Groups {
      indexes = List.copyOf(indexes);
    }
  }

  /** Those that wait to be made of these outputs. */
  record Outputs(List<Output> outputs) implements Selection {
    public Outputs {
      outputs = List.copyOf(outputs);
    }
  }

  /** All that wait now. */
  record All() implements Selection {}

  /**
   * What a step has put out.
   *
   * @param index from 0
   */
  record Output(UUID stepId, int index) {}
}
