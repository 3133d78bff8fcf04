package io.kombine.worker.provider;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.StepInput;
import java.io.IOException;
import java.io.InputStream;

/**
 * One input of a call. Its bytes may be read any number of times.
 *
 * @param role what the model shall take it for
 * @param artifact what is known of it
 * @param source opens the bytes; the reader closes them
 */
public record CallInput(StepInput.Role role, ArtifactRef artifact, Source source) {

  /** Opens a stream from the first byte. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  /** All bytes, where the provider needs them in memory; inputs are bounded by the store. */
  public byte[] readAll() throws IOException {
    try (InputStream in = source.open()) {
      return in.readAllBytes();
    }
  }
}
