package io.kombine.system.simulator.http;

/** What the caller sent cannot be understood; the message says what, in words for the caller. */
public final class BadRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String message;

  /** With what is wrong. */
  public BadRequestException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
