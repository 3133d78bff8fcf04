package io.kombine.batch.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects what is wrong with a request's fields, to answer all of it at once. Not thread-safe. */
public final class FieldProblems {

  /** The most that are reported; the rest says no more. */
  private static final int MAX = 50;

  private final List<FieldProblem> found = new ArrayList<>();

  public void add(String field, String message) {
    add(FieldProblem.of(field, message));
  }

  public void add(String field, String message, Collection<String> accepted) {
    add(FieldProblem.of(field, message, accepted));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Refuses the request when anything was found. */
  public void throwIfAny(ProblemType type) {
    if (!found.isEmpty()) {
      throw ProblemException.of(type, found);
    }
  }

  /** All that was found, or that the request is not valid where no field could be named. */
  public ProblemException toException(ProblemType type) {
    return found.isEmpty()
        ? new ProblemException(type, "The request is not valid.")
        : ProblemException.of(type, found);
  }

  private void add(FieldProblem problem) {
    if (found.size() < MAX) {
      found.add(problem);
    }
  }
}
