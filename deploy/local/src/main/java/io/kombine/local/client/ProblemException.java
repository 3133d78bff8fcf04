package io.kombine.local.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An answer that is no success: its status, and its problem+json where it has one. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient @Nullable JsonNode problem;

  ProblemException(int status, @Nullable JsonNode problem, String message) {
    super(message);
    this.status = status;
    this.problem = problem;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The problem document; null where the answer held none. */
  public @Nullable JsonNode problem() {
    return problem;
  }
}
