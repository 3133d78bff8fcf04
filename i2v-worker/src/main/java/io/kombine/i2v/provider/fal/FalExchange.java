package io.kombine.i2v.provider.fal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What became of one HTTP request to fal. */
sealed interface FalExchange {

  /**
   * fal answered.
   *
   * @param body missing where it is no JSON
   * @param requestId of the queue's request, from the headers
   * @param retryable what fal says of trying again, where it says so
   * @param retryAfter when to come back, where fal says so
   */
  record Answered(
      int status,
      JsonNode body,
      @Nullable String requestId,
      @Nullable Boolean retryable,
      @Nullable Duration retryAfter)
      implements FalExchange {

    boolean succeeded() {
      return status >= 200 && status < 300;
    }

    /** For people. */
    String detail() {
      JsonNode detail = body.path("detail");
      return detail.isArray() ? detail.path(0).path("msg").asString("") : detail.asString("");
    }

    /** The kind of the first error. */
    String errorType() {
      return body.path("detail").path(0).path("type").asString("");
    }
  }

  /** Nothing was sent. */
  record NotSent() implements FalExchange {}

  /** The request was sent, and no answer came. */
  record Lost() implements FalExchange {}
}
