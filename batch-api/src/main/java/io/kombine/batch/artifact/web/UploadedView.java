package io.kombine.batch.artifact.web;

import io.kombine.batch.artifact.OwnedArtifact;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What an upload became. */
@JsonNaming(SnakeCaseStrategy.class)
record UploadedView(
    UUID artifactId,
    String url,
    String mediaType,
    @Nullable Integer widthPx,
    @Nullable Integer heightPx,
    long bytes,
    String sha256) {

  static UploadedView of(OwnedArtifact owned) {
    return new UploadedView(
        owned.id(),
        OwnedArtifact.path(owned.id()),
        owned.artifact().mediaType(),
        owned.artifact().widthPx(),
        owned.artifact().heightPx(),
        owned.artifact().bytes(),
        owned.artifact().sha256());
  }
}
