package io.kombine.batch.slideshow;

import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.slideshow.SlideAnswer.Reason;
import io.kombine.batch.source.SourceImage;
import io.kombine.batch.source.SourceImages;
import io.kombine.contracts.ArtifactRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Slides that the client gave: own uploads, or addresses that are fetched. */
@Component
@Order(1)
class UploadedSlides implements SlideSource {

  private final SourceImages images;

  UploadedSlides(SourceImages images) {
    this.images = images;
  }

  @Override
  public boolean isFor(Wanted wanted) {
    return wanted.given() != null;
  }

  @Override
  public SlideAnswer resolve(Wanted wanted) throws IOException {
    List<String> given = Objects.requireNonNull(wanted.given());
    String field = "links[" + (wanted.number() - 1) + "].slides";
    try {
      List<ArtifactRef> slides = new ArrayList<>();
      for (SourceImage image : images.resolve(wanted.owner(), field, given)) {
        slides.add(Objects.requireNonNull(image.artifact()));
      }
      return new SlideAnswer.Found(null, null, slides);
    } catch (ProblemException problem) {
      return new SlideAnswer.Refused(Reason.UNUSABLE_SLIDE, problem.detail());
    }
  }
}
