package io.kombine.batch.slideshow;

import io.kombine.batch.model.LatePlan;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.StepProblem;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a {@link SlideSource} says of a link. */
sealed interface SlideAnswer {

  /**
   * The slides.
   *
   * @param username of the post's author, where the source knows it
   * @param postId where the source knows it
   * @param slides in order, at least one
   */
  record Found(@Nullable String username, @Nullable String postId, List<ArtifactRef> slides)
      implements SlideAnswer {
    public Found {
      slides = List.copyOf(slides);
    }
  }

  /**
   * No slides, and asking again changes nothing.
   *
   * @param sentence for the person who gave the link
   */
  record Refused(Reason reason, String sentence) implements SlideAnswer {
    StepProblem problem() {
      return new StepProblem(reason.code(), sentence);
    }
  }

  /** No answer this time. */
  record Unreachable(String sentence) implements SlideAnswer {
    StepProblem problem() {
      return new StepProblem(Reason.UNREACHABLE.code(), sentence);
    }
  }

  /** Why there are no slides. */
  enum Reason {
    /** The post is a video. */
    NOT_A_SLIDESHOW,
    /** The post, or its author's account, is private. */
    PRIVATE,
    /** The page is not shown to this network, or only to people who log in. */
    BLOCKED,
    NOT_FOUND,
    /** This installation does not look for slides. */
    UNSUPPORTED,
    /** A slide is no image that can be used. */
    UNUSABLE_SLIDE,
    /** Another link of the batch led to the same post. */
    DUPLICATE,
    UNREACHABLE;

    String code() {
      return LatePlan.LOST + name().toLowerCase(Locale.ROOT);
    }
  }
}
