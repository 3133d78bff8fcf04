package io.kombine.batch.download;

import java.util.List;

/** One file of a batch's tree, with the place of its bytes in the store. */
public record DownloadFile(List<String> path, String sha256) {

  public DownloadFile {
    path = List.copyOf(path);
  }
}
