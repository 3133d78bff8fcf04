package io.kombine.batch.artifact.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.artifact.UploadService;
import io.kombine.batch.artifact.UploadService.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** {@code POST /api/uploads}: parts are on disk by the time this is called, and stay there. */
@RestController
class UploadsController {

  private final UploadService uploads;

  UploadsController(UploadService uploads) {
    this.uploads = uploads;
  }

  @PostMapping(path = "/api/uploads", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  List<UploadedView> upload(
      Owner owner,
      @RequestParam(name = "files", required = false) @Nullable List<MultipartFile> files)
      throws IOException {
    Path folder = Files.createTempDirectory("upload");
    List<Upload> received = new ArrayList<>();
    try {
      for (MultipartFile part : files == null ? List.<MultipartFile>of() : files) {
        Path file = folder.resolve(Integer.toString(received.size()));
        part.transferTo(file);
        received.add(new Upload(file, part.getOriginalFilename()));
      }
      return uploads.take(owner.name(), received).stream().map(UploadsController::view).toList();
    } finally {
      for (Upload upload : received) {
        Files.deleteIfExists(upload.file());
      }
      Files.deleteIfExists(folder);
    }
  }

  private static UploadedView view(OwnedArtifact uploaded) {
    return UploadedView.of(uploaded);
  }
}
