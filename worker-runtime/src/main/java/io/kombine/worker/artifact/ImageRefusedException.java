package io.kombine.worker.artifact;

import java.io.IOException;

/** An image could not be decoded because of what its file holds. */
public final class ImageRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient ImageInspection.Refused refusal;

  ImageRefusedException(ImageInspection.Refused refusal) {
    super(refusal.reason());
    this.refusal = refusal;
  }

  public ImageInspection.Refused refusal() {
    return refusal;
  }
}
