package io.kombine.worker.artifact;

import java.io.IOException;

/** The bytes offered are more than the store takes; nothing was kept. */
public final class ArtifactTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long limitBytes;

  ArtifactTooLargeException(long limitBytes) {
    super("artifact is larger than the limit of " + limitBytes + " bytes");
    this.limitBytes = limitBytes;
  }

  /** The largest artifact that would have been taken. */
  public long limitBytes() {
    return limitBytes;
  }
}
