package io.kombine.worker.artifact;

import java.io.IOException;

/** There is no artifact with this hash in the store. */
public final class ArtifactNotFoundException extends IOException {

  private static final long serialVersionUID = 1L;

  ArtifactNotFoundException(String sha256) {
    super("no artifact " + sha256);
  }
}
