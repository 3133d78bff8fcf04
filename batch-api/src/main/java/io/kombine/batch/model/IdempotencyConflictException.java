package io.kombine.batch.model;

/** An idempotency key that already stands for another request. */
public final class IdempotencyConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public IdempotencyConflictException(String key) {
    super("Idempotency-Key '" + key + "' was already used with another body");
  }
}
