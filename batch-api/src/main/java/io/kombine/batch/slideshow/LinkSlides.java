package io.kombine.batch.slideshow;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.StepProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one link when a plan is made.
 *
 * @param username of the post's author, where it is known
 * @param product the product's photograph
 * @param slides in order; empty where there is an error
 * @param error why its slides cannot be had
 */
record LinkSlides(
    TikTokLink link,
    @Nullable String username,
    ArtifactRef product,
    String description,
    List<ArtifactRef> slides,
    @Nullable StepProblem error) {

  LinkSlides {
    slides = List.copyOf(slides);
  }
}
