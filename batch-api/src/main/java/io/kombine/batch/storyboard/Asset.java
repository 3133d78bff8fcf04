package io.kombine.batch.storyboard;

import org.jspecify.annotations.Nullable;

/**
 * Where one of a sentence's assets stands.
 *
 * @param made the one that belongs to what the sentence says now, or else the latest one
 */
record Asset(Status status, @Nullable MadeAsset made) {

  static final Asset MISSING = new Asset(Status.MISSING, null);

  /** Whether an asset belongs to what its sentence says now. */
  enum Status {
    /** It is what would be made now: its content key has an output. */
    CLEAN,
    /** It was made of something else than what the sentence says now. */
    DIRTY,
    /** None was ever made. */
    MISSING
  }

  /** Up to date where the key has an output, else the latest, where there is one. */
  static Asset of(@Nullable MadeAsset byKey, @Nullable MadeAsset latest) {
    if (byKey != null) {
      return new Asset(Status.CLEAN, byKey);
    }
    return latest == null ? MISSING : new Asset(Status.DIRTY, latest);
  }

  boolean isClean() {
    return status == Status.CLEAN;
  }
}
