package io.kombine.local.process;

/** The stack cannot do what was asked; the message is a whole sentence for the person who asked. */
public class StackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StackException(String message) {
    super(message);
  }

  public StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
