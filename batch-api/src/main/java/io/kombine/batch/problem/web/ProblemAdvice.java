package io.kombine.batch.problem.web;

import io.kombine.batch.model.IdempotencyConflictException;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.worker.artifact.DecodingBusyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Turns whatever a controller or the framework throws into a problem that names the field. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String RETRY_SECONDS = "2";

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(ProblemException problem) {
    return answer(problem);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> reused(IdempotencyConflictException conflict) {
    return answer(
        ProblemException.of(
            ProblemType.IDEMPOTENCY_KEY_REUSED,
            FieldProblem.of("Idempotency-Key", "belongs to a request with another body")));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> tooLarge(BodyTooLargeException tooLarge) {
    return answer(new ProblemException(ProblemType.BODY_TOO_LARGE, tooLarge.sentence()));
  }

  @ExceptionHandler({
    DecodingBusyException.class,
    TransientDataAccessException.class,
    CannotCreateTransactionException.class
  })
  ResponseEntity<ProblemDetail> busy(Exception failure) {
    log.warn("Refused a request for want of capacity", failure);
    return answer(
        new ProblemException(ProblemType.BUSY, "The service is busy; try again in a moment."));
  }

  @ExceptionHandler
  @Nullable ResponseEntity<ProblemDetail> failed(Exception failure) {
    log.error("A request failed", failure);
    return answer(
        new ProblemException(
            ProblemType.INTERNAL_ERROR, "Something went wrong on our side; it has been logged."));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return widen(answer(unreadable(failure)));
  }

  private static ProblemException unreadable(HttpMessageNotReadableException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyTooLargeException tooLarge) {
        return new ProblemException(ProblemType.BODY_TOO_LARGE, tooLarge.sentence());
      }
    }
    return failure.getCause() instanceof JacksonException json
        ? JsonProblems.of(json)
        : new ProblemException(ProblemType.MALFORMED_JSON, "A JSON body is required.");
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return widen(answer(of(failure.getBindingResult().getFieldErrors())));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    FieldProblems problems = new FieldProblems();
    for (ParameterValidationResult result : failure.getParameterValidationResults()) {
      if (result instanceof ParameterErrors body) {
        body.getFieldErrors().forEach(error -> add(problems, error));
      } else {
        String name = String.valueOf(result.getMethodParameter().getParameterName());
        result
            .getResolvableErrors()
            .forEach(error -> problems.add(FieldPaths.of(name), text(error.getDefaultMessage())));
      }
    }
    return widen(answer(problems));
  }

  private static FieldProblems of(Iterable<FieldError> errors) {
    FieldProblems problems = new FieldProblems();
    errors.forEach(error -> add(problems, error));
    return problems;
  }

  private static void add(FieldProblems problems, FieldError error) {
    problems.add(FieldPaths.of(error.getField()), text(error.getDefaultMessage()));
  }

  private static String text(@Nullable String message) {
    return message == null ? "is not valid" : message;
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String name =
        failure instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : String.valueOf(failure.getPropertyName());
    return widen(
        answer(
            ProblemException.of(
                ProblemType.INVALID_REQUEST,
                FieldProblem.of(FieldPaths.of(name), "has a value of the wrong type"))));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String detail =
        body instanceof ProblemDetail given && given.getDetail() != null
            ? given.getDetail()
            : text(failure.getMessage());
    if (status.is5xxServerError()) {
      log.error("A request failed", failure);
    }
    ProblemDetail problem = Problems.of(Problems.typeOf(status.value()), detail);
    return ResponseEntity.status(problem.getStatus())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private static ResponseEntity<ProblemDetail> answer(FieldProblems problems) {
    return answer(problems.toException(ProblemType.INVALID_REQUEST));
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemException problem) {
    var response =
        ResponseEntity.status(problem.type().status())
            .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (problem.type().status() == 503 || problem.type().status() == 429) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    return response.body(Problems.of(problem));
  }

  private static ResponseEntity<Object> widen(ResponseEntity<ProblemDetail> answer) {
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .body(answer.getBody());
  }
}
