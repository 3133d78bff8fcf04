package io.kombine.batch.problem.web;

import java.io.IOException;

/** A body turned out longer than is taken; the rest of it is not read. */
public final class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  public BodyTooLargeException(long limitBytes) {
    super("The body is larger than " + limitBytes + " bytes.");
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
