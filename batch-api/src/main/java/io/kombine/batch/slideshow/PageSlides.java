package io.kombine.batch.slideshow;

import io.kombine.batch.artifact.fetch.FetchRefusedException;
import io.kombine.batch.artifact.fetch.ImageFetcher;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.slideshow.SlideAnswer.Reason;
import io.kombine.batch.source.SourceImages;
import io.kombine.contracts.ArtifactRef;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Slides read from the link's page, where the operator has allowed it: by one plain request,
 * without a login, a cookie or any answer to a challenge. What TikTok does not show so is said to
 * be blocked. Page and slides are fetched as all addresses are: private ones are refused.
 */
@Component
@Order(2)
class PageSlides implements SlideSource {

  private static final long MAX_PAGE_BYTES = 8 * 1024 * 1024;

  private final ImageFetcher fetcher;
  private final SourceImages images;
  private final SlideshowProperties.PageSource properties;

  PageSlides(ImageFetcher fetcher, SourceImages images, SlideshowProperties properties) {
    this.fetcher = fetcher;
    this.images = images;
    this.properties = properties.pageSource();
  }

  @Override
  public boolean isFor(Wanted wanted) {
    return wanted.given() == null;
  }

  @Override
  public SlideAnswer resolve(Wanted wanted) throws IOException, InterruptedException {
    if (!properties.enabled()) {
      return new SlideAnswer.Refused(
          Reason.UNSUPPORTED,
          "Slides are not read from TikTok's pages here: upload them and name them in"
              + " links["
              + (wanted.number() - 1)
              + "].slides.");
    }
    Path page = Files.createTempFile("page", ".html");
    try {
      URI found = fetcher.fetch(address(wanted.link()), page, this::isTikTok);
      if (found.getPath() != null && found.getPath().startsWith("/login")) {
        return new SlideAnswer.Refused(
            Reason.BLOCKED, "The page wants a login. Upload its slides instead.");
      }
      if (Files.size(page) > MAX_PAGE_BYTES) {
        return new SlideAnswer.Refused(
            Reason.BLOCKED, "The page is no post's page. Upload its slides instead.");
      }
      String html = new String(Files.readAllBytes(page), StandardCharsets.UTF_8);
      return switch (TikTokPage.read(html)) {
        case TikTokPage.Without none -> new SlideAnswer.Refused(none.reason(), none.sentence());
        case TikTokPage.Slides slides -> found(wanted, slides);
      };
    } catch (FetchRefusedException refused) {
      return new SlideAnswer.Unreachable("The link's page " + refused.sentence() + ".");
    } finally {
      Files.deleteIfExists(page);
    }
  }

  private SlideAnswer found(Wanted wanted, TikTokPage.Slides slides) throws IOException {
    if (slides.images().size() > SlideshowChecks.MAX_SLIDES) {
      return new SlideAnswer.Refused(
          Reason.UNUSABLE_SLIDE,
          "The post has " + slides.images().size() + " slides; at most 35 are taken.");
    }
    List<ArtifactRef> artifacts = new ArrayList<>();
    for (List<String> addresses : slides.images()) {
      String[] reason = {""};
      ArtifactRef slide = firstUsable(wanted.owner(), addresses, reason);
      if (slide == null) {
        return new SlideAnswer.Unreachable(
            "Slide " + (artifacts.size() + 1) + " of the post: " + reason[0]);
      }
      artifacts.add(slide);
    }
    return new SlideAnswer.Found(slides.username(), slides.postId(), artifacts);
  }

  private @Nullable ArtifactRef firstUsable(String owner, List<String> addresses, String[] reason)
      throws IOException {
    for (String address : addresses) {
      try {
        return Objects.requireNonNull(
            images.resolve(owner, "slide", List.of(address)).getFirst().artifact());
      } catch (ProblemException problem) {
        reason[0] =
            problem.errors().isEmpty() ? problem.detail() : problem.errors().getFirst().message();
      }
    }
    return null;
  }

  private URI address(TikTokLink link) {
    URI address = URI.create(link.url());
    URI base = properties.baseUrl();
    return base == null ? address : base.resolve(address.getRawPath());
  }

  private boolean isTikTok(URI address) {
    URI base = properties.baseUrl();
    String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
    return (base != null && host.equalsIgnoreCase(base.getHost()))
        || host.equals("tiktok.com")
        || host.endsWith(".tiktok.com")
        || host.endsWith(".tiktokv.com");
  }
}
