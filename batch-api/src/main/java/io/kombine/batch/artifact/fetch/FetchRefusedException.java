package io.kombine.batch.artifact.fetch;

import java.io.IOException;

/** An address gave no file; the message is a sentence for the person who gave the address. */
public final class FetchRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  FetchRefusedException(String sentence) {
    super(sentence);
  }

  FetchRefusedException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
