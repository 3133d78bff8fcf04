package io.kombine.batch.control.web;

import io.kombine.batch.approval.Selection;
import io.kombine.batch.control.web.ControlViews.Approvals;
import io.kombine.batch.control.web.ControlViews.MadeOutput;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which steps an approval is about, or says what is wrong with that. */
final class ApprovalSelections {

  private static final int MOST = 1_000;

  private ApprovalSelections() {}

  static Selection of(Approvals body) {
    boolean all = Boolean.TRUE.equals(body.all());
    long given =
        Stream.of(body.stepIds(), body.groups(), body.outputs()).filter(Objects::nonNull).count()
            + (all ? 1 : 0);
    if (given != 1) {
      throw wrong("step_ids", "must be given, or groups, or outputs, or all must be true");
    }
    if (body.stepIds() != null) {
      return new Selection.Steps(checked("step_ids", body.stepIds()));
    }
    if (body.groups() != null) {
      return new Selection.Groups(checked("groups", body.groups()));
    }
    return body.outputs() == null
        ? new Selection.All()
        : new Selection.Outputs(outputs(checked("outputs", body.outputs())));
  }

  private static List<Selection.Output> outputs(List<MadeOutput> given) {
    List<Selection.Output> outputs = new ArrayList<>();
    for (MadeOutput output : given) {
      if (output.stepId() == null) {
        throw wrong("outputs[" + outputs.size() + "].step_id", "is required");
      }
      int index = output.index() == null ? 0 : output.index();
      outputs.add(new Selection.Output(output.stepId(), index));
    }
    return outputs;
  }

  private static <T> List<T> checked(String field, List<@Nullable T> values) {
    List<T> checked = new ArrayList<>();
    for (T value : values) {
      if (value != null) {
        checked.add(value);
      }
    }
    if (values.isEmpty() || values.size() > MOST || checked.size() < values.size()) {
      throw wrong(field, "must hold 1 to " + MOST + " elements");
    }
    return checked;
  }

  private static ProblemException wrong(String field, String message) {
    return ProblemException.of(ProblemType.INVALID_REQUEST, FieldProblem.of(field, message));
  }
}
