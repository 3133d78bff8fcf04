package io.kombine.batch.storyboard;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A storyboard without its sentences. The models are ids of the catalog.
 *
 * @param resolution of its videos
 * @param durationSec of each of its videos, in seconds
 */
public record Project(
    UUID id,
    String owner,
    String name,
    String audioModel,
    String imageModel,
    String videoModel,
    String resolution,
    BigDecimal durationSec,
    Instant createdAt,
    Instant updatedAt) {

  /** Sentences of one project at most. */
  public static final int MAX_SENTENCES = 200;

  /** Projects of one owner at most. */
  public static final int MAX_PROJECTS = 10_000;
}
