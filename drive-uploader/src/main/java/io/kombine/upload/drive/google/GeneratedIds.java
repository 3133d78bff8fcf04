package io.kombine.upload.drive.google;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Ids from Drive, a hundred a request, since one is needed for every file. The spare ones, at most
 * a hundred for each caller at once, are lost with the process, which costs nothing. Thread-safe.
 */
final class GeneratedIds {

  private static final int A_REQUEST = 100;

  private final GoogleDriveClient client;
  private final Queue<String> spare = new ConcurrentLinkedQueue<>();

  GeneratedIds(GoogleDriveClient client) {
    this.client = client;
  }

  List<String> take(int count) throws IOException {
    List<String> taken = new ArrayList<>(count);
    while (taken.size() < count) {
      String id = spare.poll();
      if (id != null) {
        taken.add(id);
        continue;
      }
      List<String> more = client.generateIds(A_REQUEST);
      if (more.isEmpty()) {
        throw new IOException("Drive generated no ids");
      }
      spare.addAll(more);
    }
    return taken;
  }
}
