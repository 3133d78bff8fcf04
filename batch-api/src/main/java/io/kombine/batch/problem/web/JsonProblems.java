package io.kombine.batch.problem.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/** What was wrong with a JSON body, in words without class names. */
final class JsonProblems {

  private JsonProblems() {}

  static ProblemException of(JacksonException failure) {
    String place = FieldPaths.of(failure.getPath());
    return switch (failure) {
      case StreamReadException unreadable ->
          new ProblemException(ProblemType.MALFORMED_JSON, syntax(unreadable));
      case InvalidFormatException value when value.getTargetType().isEnum() ->
          ProblemException.of(
              ProblemType.INVALID_REQUEST,
              FieldProblem.of(
                  named(place), "is none of the accepted values", words(value.getTargetType())));
      case InvalidFormatException number when number.getTargetType() == BigDecimal.class ->
          ProblemException.of(
              ProblemType.INVALID_REQUEST,
              FieldProblem.of(named(place), "must be a number of at most 1,000 digits"));
      case MismatchedInputException mismatch ->
          ProblemException.of(
              ProblemType.INVALID_REQUEST,
              FieldProblem.of(named(place), "must be " + article(mismatch.getTargetType())));
      default ->
          place.isEmpty()
              ? new ProblemException(ProblemType.MALFORMED_JSON, "The body cannot be read as JSON.")
              : ProblemException.of(
                  ProblemType.INVALID_REQUEST, FieldProblem.of(place, "cannot be read"));
    };
  }

  private static String named(String place) {
    return place.isEmpty() ? "(body)" : place;
  }

  private static String syntax(StreamReadException failure) {
    var location = failure.getLocation();
    return location == null || location.getLineNr() < 1
        ? "The body is not well-formed JSON."
        : "The body is not well-formed JSON at line %d, column %d."
            .formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String article(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "a string";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
      return "a whole number";
    }
    if (type == BigDecimal.class || type == Double.class || type == double.class) {
      return "a number";
    }
    if (type == UUID.class) {
      return "a UUID";
    }
    return Collection.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
  }

  private static List<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(JsonProblems::word).toList();
  }

  private static String word(Object constant) {
    for (var method : constant.getClass().getMethods()) {
      if (method.isAnnotationPresent(JsonValue.class)) {
        try {
          return String.valueOf(method.invoke(constant));
        } catch (ReflectiveOperationException unusable) {
          throw new IllegalStateException(unusable);
        }
      }
    }
    return named(constant);
  }

  private static String named(Object constant) {
    try {
      JsonProperty name =
          constant
              .getClass()
              .getField(((Enum<?>) constant).name())
              .getAnnotation(JsonProperty.class);
      return name == null ? constant.toString() : name.value();
    } catch (NoSuchFieldException hasNone) {
      return constant.toString();
    }
  }
}
