package io.kombine.batch.step;

import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step takes of its parent's outputs. */
final class ParentOutputs {

  private ParentOutputs() {}

  /** Whether all that it needs has been made. */
  static boolean canFill(StepRow child, List<StepOutput> made) {
    return child.inputs.stream()
        .allMatch(in -> in.parentOutput() == null || output(made, in.parentOutput()) != null);
  }

  /** Its inputs with what has been made. */
  static List<StepInput> filled(StepRow child, List<StepOutput> made) {
    List<StepInput> filled = new ArrayList<>();
    for (StepInput input : child.inputs) {
      Integer index = input.parentOutput();
      StepOutput output = index == null ? null : output(made, index);
      filled.add(output == null ? input : StepInput.of(input.role(), output.artifact()));
    }
    return filled;
  }

  /** The one of an index; null where it was not made. */
  static @Nullable StepOutput output(List<StepOutput> made, int index) {
    for (StepOutput output : made) {
      if (output.index() == index) {
        return output;
      }
    }
    return null;
  }
}
