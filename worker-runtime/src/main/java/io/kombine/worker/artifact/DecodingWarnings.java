package io.kombine.worker.artifact;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Tells harmless decoder warnings from those that mean lost pixels. Used by one thread. */
final class DecodingWarnings implements IIOReadWarningListener {

  private boolean damaged;

  boolean damaged() {
    return damaged;
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    boolean lost = warning.contains("Corrupt JPEG data") && !warning.contains("extraneous");
    damaged |= lost || warning.contains("Truncated");
  }
}
