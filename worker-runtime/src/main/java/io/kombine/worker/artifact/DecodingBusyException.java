package io.kombine.worker.artifact;

import java.io.IOException;
import java.time.Duration;

/** All decoders stayed busy for longer than a caller may wait; trying later is fine. */
public final class DecodingBusyException extends IOException {

  private static final long serialVersionUID = 1L;

  DecodingBusyException(Duration waited) {
    super("no image decoder became free within " + waited.toSeconds() + " s");
  }
}
