package io.kombine.batch.download;

import io.kombine.batch.download.BatchFiles.Page;
import io.kombine.batch.download.BatchFiles.Position;
import io.kombine.worker.artifact.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Writes a batch's tree as a zip while it is read, in constant memory and of any size. Entries are
 * not compressed, since media does not shrink; they use the deflate method at level 0, because the
 * zip format wants length and checksum of a stored entry before its first byte.
 */
@Service
public class ZipDownload {

  private final BatchFiles files;
  private final ArtifactStore store;

  ZipDownload(BatchFiles files, ArtifactStore store) {
    this.files = files;
    this.store = store;
  }

  /**
   * Writes what there is now, the manifest last. Blocks its thread as long as the reader takes.
   *
   * @param folder name of the folder that all paths begin with
   * @param group only this group's files, without the manifest
   * @throws IOException when the reader is gone or an artifact is missing; the zip has no end then,
   *     so that nobody takes it for whole
   */
  public void write(UUID batchId, String folder, @Nullable Integer group, OutputStream out)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setLevel(Deflater.NO_COMPRESSION);
    Position at = Position.START;
    while (true) {
      Page page = files.next(batchId, group, at);
      if (page.last().equals(at)) {
        break;
      }
      at = page.last();
      for (DownloadFile file : page.files()) {
        add(zip, folder, file);
      }
    }
    DownloadFile manifest = group == null ? files.manifest(batchId).orElse(null) : null;
    if (manifest != null) {
      add(zip, folder, manifest);
    }
    zip.finish();
  }

  private void add(ZipOutputStream zip, String folder, DownloadFile file) throws IOException {
    zip.putNextEntry(new ZipEntry(folder + "/" + String.join("/", file.path())));
    try (InputStream in = store.open(file.sha256())) {
      in.transferTo(zip);
    }
    zip.closeEntry();
  }
}
