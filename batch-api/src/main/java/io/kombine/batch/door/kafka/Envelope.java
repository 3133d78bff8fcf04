package io.kombine.batch.door.kafka;

import io.kombine.batch.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What could be read of a record. Not thread-safe.
 *
 * <p>Its body is kept as the bytes it came in, so that it is read exactly as a REST body is.
 */
final class Envelope {

  @Nullable String requestId;
  @Nullable String kind;
  @Nullable Integer version;
  byte @Nullable [] request;

  /** The first thing that was wrong with the envelope itself. */
  @Nullable ProblemException wrong;

  void wrong(ProblemException problem) {
    if (wrong == null) {
      wrong = problem;
    }
  }
}
