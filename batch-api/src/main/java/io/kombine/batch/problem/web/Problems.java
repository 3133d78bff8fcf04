package io.kombine.batch.problem.web;

import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JacksonException;

/** Problems as RFC 9457 writes them; {@code errors} lists the fields where there are some. */
public final class Problems {

  private Problems() {}

  public static ProblemDetail of(ProblemException problem) {
    ProblemDetail body = of(problem.type(), problem.detail(), problem.errors());
    problem.facts().forEach(body::setProperty);
    return body;
  }

  /** What was wrong with a JSON body, in words without class names. */
  public static ProblemException unreadable(JacksonException failure) {
    return JsonProblems.of(failure);
  }

  public static ProblemDetail of(ProblemType type, String detail) {
    return of(type, detail, List.of());
  }

  static ProblemDetail of(ProblemType type, String detail, List<FieldProblem> errors) {
    ProblemDetail body =
        ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(type.status()), detail);
    body.setType(type.uri());
    body.setTitle(type.title());
    if (!errors.isEmpty()) {
      body.setProperty("errors", errors);
    }
    return body;
  }

  /** The type that fits a status which something other than this application chose. */
  static ProblemType typeOf(int status) {
    return switch (status) {
      case 401, 403 -> ProblemType.UNAUTHORIZED;
      case 404 -> ProblemType.NOT_FOUND;
      case 405 -> ProblemType.METHOD_NOT_ALLOWED;
      case 406 -> ProblemType.NOT_ACCEPTABLE;
      case 413 -> ProblemType.BODY_TOO_LARGE;
      case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
      case 416 -> ProblemType.RANGE_NOT_SATISFIABLE;
      case 429 -> ProblemType.TOO_MANY_REQUESTS;
      case 503 -> ProblemType.BUSY;
      default -> status < 500 ? ProblemType.BAD_REQUEST : ProblemType.INTERNAL_ERROR;
    };
  }
}
