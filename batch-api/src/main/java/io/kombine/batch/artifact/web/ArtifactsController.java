package io.kombine.batch.artifact.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.artifact.OwnedArtifacts;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.worker.artifact.ArtifactNotFoundException;
import io.kombine.worker.artifact.ArtifactStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * {@code GET /api/artifacts/{id}}: an artifact's bytes, whole, one range of them, or its thumbnail.
 * Served as what its content was judged to be, and never guessed at by a browser.
 */
@RestController
class ArtifactsController {

  private static final int THUMBNAIL_PX = 128;
  private static final String FOR_ITS_OWNER_FOREVER = "private, max-age=31536000, immutable";

  private final OwnedArtifacts artifacts;
  private final ArtifactStore store;

  ArtifactsController(OwnedArtifacts artifacts, ArtifactStore store) {
    this.artifacts = artifacts;
    this.store = store;
  }

  @GetMapping("/api/artifacts/{id}")
  void artifact(
      Owner owner,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable Integer thumbnail,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    OwnedArtifact owned = artifacts.find(owner.name(), id).orElseThrow(() -> missing(id));
    Served served = thumbnail == null ? whole(owned) : thumbnail(owned, thumbnail);
    long size;
    try {
      size = store.size(served.sha256());
    } catch (ArtifactNotFoundException _) {
      throw missing(id);
    }
    head(served, response);
    if (new ServletWebRequest(request, response).checkNotModified('"' + served.sha256() + '"')) {
      return;
    }
    ByteRange range = ByteRange.of(request, size, '"' + served.sha256() + '"');
    if (range.isPart()) {
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
      response.setHeader(HttpHeaders.CONTENT_RANGE, range.contentRange(size));
    }
    response.setContentLengthLong(range.length());
    if (!"HEAD".equals(request.getMethod())) {
      try (InputStream in = store.openRange(served.sha256(), range.from(), range.length())) {
        in.transferTo(response.getOutputStream());
      }
    }
  }

  private record Served(String sha256, String mediaType, String fileName) {}

  private static Served whole(OwnedArtifact owned) {
    String name = owned.name() == null ? owned.id() + extension(owned) : owned.name();
    return new Served(owned.artifact().sha256(), owned.artifact().mediaType(), name);
  }

  private static Served thumbnail(OwnedArtifact owned, int sidePx) {
    if (sidePx != THUMBNAIL_PX) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST, FieldProblem.of("thumbnail", "must be " + THUMBNAIL_PX));
    }
    String sha256 = owned.artifact().thumbnailSha256();
    if (sha256 == null) {
      throw new ProblemException(
          ProblemType.ARTIFACT_NOT_FOUND, "Artifact " + owned.id() + " has no thumbnail.");
    }
    return new Served(sha256, "image/jpeg", owned.id() + "-thumbnail.jpg");
  }

  private static String extension(OwnedArtifact owned) {
    return switch (owned.artifact().mediaType()) {
      case "image/jpeg" -> ".jpg";
      case "image/png" -> ".png";
      case "image/webp" -> ".webp";
      case "video/mp4" -> ".mp4";
      case "audio/wav" -> ".wav";
      case "application/json" -> ".json";
      default -> ".bin";
    };
  }

  private static void head(Served served, HttpServletResponse response) {
    response.setContentType(served.mediaType());
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader(HttpHeaders.CACHE_CONTROL, FOR_ITS_OWNER_FOREVER);
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.inline()
            .filename(served.fileName(), StandardCharsets.UTF_8)
            .build()
            .toString());
  }

  private static ProblemException missing(UUID id) {
    return new ProblemException(
        ProblemType.ARTIFACT_NOT_FOUND, "There is no artifact " + id + " of yours.");
  }
}
