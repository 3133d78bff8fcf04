package io.kombine.worker.consume;

/** A record that can never be processed as it is; its message is the reason for operators. */
public final class IllegalRecordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public IllegalRecordException(String reason) {
    super(reason);
  }

  public IllegalRecordException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
