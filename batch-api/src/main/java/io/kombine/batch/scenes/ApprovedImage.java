package io.kombine.batch.scenes;

import io.kombine.batch.artifact.OwnedArtifact;

/**
 * The image of a scene that becomes a clip.
 *
 * @param prompt of the clip
 */
record ApprovedImage(String sceneId, String prompt, OwnedArtifact artifact) {

  String url() {
    return OwnedArtifact.path(artifact.id());
  }
}
