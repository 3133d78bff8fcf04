package io.kombine.batch.problem;

import java.util.List;
import java.util.Map;

/**
 * A request that is refused, with the words the client gets. Whoever throws it has changed nothing,
 * or its transaction is rolled back.
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient List<FieldProblem> errors;
  private final transient Map<String, Object> facts;

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of(), Map.of());
  }

  public ProblemException(ProblemType type, String detail, List<FieldProblem> errors) {
    this(type, detail, errors, Map.of());
  }

  /**
   * A problem with members of its own.
   *
   * @param facts by member name in snake case; values as JSON shall show them
   */
  public ProblemException(
      ProblemType type, String detail, List<FieldProblem> errors, Map<String, Object> facts) {
    super(detail);
    this.type = type;
    this.errors = List.copyOf(errors);
    this.facts = Map.copyOf(facts);
  }

  /** One or several fields are wrong; the detail sums them up. */
  public static ProblemException of(ProblemType type, List<FieldProblem> errors) {
    String first = errors.getFirst().field() + ": " + errors.getFirst().message();
    String detail = errors.size() == 1 ? first : first + " (and " + (errors.size() - 1) + " more)";
    return new ProblemException(type, detail, errors);
  }

  /** One field is wrong. */
  public static ProblemException of(ProblemType type, FieldProblem error) {
    return of(type, List.of(error));
  }

  public ProblemType type() {
    return type;
  }

  /** One sentence about this very request. */
  public String detail() {
    String message = getMessage();
    return message == null ? type.title() : message;
  }

  /** Further members of the answer. */
  public Map<String, Object> facts() {
    return facts;
  }

  public List<FieldProblem> errors() {
    return errors;
  }
}
