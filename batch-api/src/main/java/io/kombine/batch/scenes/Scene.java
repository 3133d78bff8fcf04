package io.kombine.batch.scenes;

import java.util.List;

/**
 * A row that holds what it must.
 *
 * @param variants 1 to 3
 */
record Scene(String sceneId, String prompt, int variants, List<String> referenceImages) {

  Scene {
    referenceImages = List.copyOf(referenceImages);
  }
}
