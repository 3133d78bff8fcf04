package io.kombine.batch.download.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.download.BatchFiles;
import io.kombine.batch.download.ZipDownload;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a batch has made so far as a zip, whole or by group; written on the request's thread. */
@RestController
@RequestMapping("/api/batches/{id}")
class DownloadController {

  private final BatchFiles files;
  private final ZipDownload zip;

  DownloadController(BatchFiles files, ZipDownload zip) {
    this.files = files;
    this.zip = zip;
  }

  @GetMapping("/download")
  void batch(Owner owner, @PathVariable UUID id, HttpServletResponse response) throws IOException {
    send(id, folder(owner, id), null, response);
  }

  /**
   * One group's files.
   *
   * @param n its index, from 0
   */
  @GetMapping("/groups/{n}/download")
  void group(Owner owner, @PathVariable UUID id, @PathVariable int n, HttpServletResponse response)
      throws IOException {
    String folder = folder(owner, id);
    if (!files.hasGroup(id, n)) {
      throw new ProblemException(ProblemType.GROUP_NOT_FOUND, "The batch has no group " + n + ".");
    }
    send(id, folder, n, response);
  }

  private String folder(Owner owner, UUID id) {
    return files
        .folder(owner.name(), id)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.BATCH_NOT_FOUND, "There is no batch " + id + " of yours."));
  }

  private void send(UUID id, String folder, @Nullable Integer group, HttpServletResponse response)
      throws IOException {
    String name = folder + (group == null ? "" : " group " + group) + ".zip";
    response.setContentType("application/zip");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString());
    zip.write(id, folder, group, response.getOutputStream());
  }
}
