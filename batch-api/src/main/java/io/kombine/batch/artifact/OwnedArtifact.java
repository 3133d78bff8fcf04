package io.kombine.batch.artifact;

import io.kombine.contracts.ArtifactRef;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An artifact as its owner addresses it.
 *
 * @param id random in effect: says nothing about the content
 * @param name the file name it came under, as given
 */
public record OwnedArtifact(UUID id, ArtifactRef artifact, @Nullable String name) {

  /** Where its bytes are served, from the gateway's root. */
  public static String path(UUID id) {
    return "/api/artifacts/" + id;
  }
}
