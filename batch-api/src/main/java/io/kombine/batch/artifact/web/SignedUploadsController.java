package io.kombine.batch.artifact.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.artifact.SignedUploads;
import io.kombine.batch.artifact.SignedUploads.Address;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.web.StreamedBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code POST /signed-upload} and the address that it gives. */
@RestController
class SignedUploadsController {

  private final SignedUploads uploads;

  SignedUploadsController(SignedUploads uploads) {
    this.uploads = uploads;
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Wanted(@Nullable String fileName, @Nullable String contentType) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Signed(
      UUID uploadId,
      String uploadUrl,
      String method,
      Map<String, String> headers,
      long maxBytes,
      Instant expiresAt) {

    static Signed of(Address address) {
      return new Signed(
          address.id(),
          address.path(),
          "PUT",
          Map.of(HttpHeaders.CONTENT_TYPE, address.mediaType()),
          address.maxBytes(),
          address.expiresAt());
    }
  }

  @PostMapping("/signed-upload")
  Signed sign(Owner owner, @RequestBody Wanted body) {
    return Signed.of(uploads.sign(owner.name(), body.fileName(), body.contentType()));
  }

  /** Asks for no key: the signature stands for it. */
  @PutMapping("/api/uploads/{id}")
  UploadedView put(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String signature,
      HttpServletRequest request)
      throws IOException {
    uploads.check(id, signature);
    Path file = Files.createTempFile("upload", null);
    try {
      StreamedBodies.copy(request, file, uploads.maxBytes());
      return UploadedView.of(uploads.take(id, signature, file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @GetMapping("/api/uploads/{id}")
  UploadedView uploaded(Owner owner, @PathVariable UUID id) {
    return uploads
        .find(owner.name(), id)
        .map(UploadedView::of)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.ARTIFACT_NOT_FOUND, "Nothing has come to an address " + id + "."));
  }
}
