package io.kombine.upload.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Folders that this process knows to exist, so that the files of one folder do not ask for it one
 * by one. Keeps the 10,000 last used; an older one is looked up again. Thread-safe.
 */
final class KnownFolders {

  static final int MAX = 10_000;

  private record Key(UUID batchId, String path) {}

  private final Map<Key, TreeFolder> folders =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, TreeFolder> eldest) {
          return size() > MAX;
        }
      };

  synchronized @Nullable TreeFolder find(UUID batchId, String path) {
    return folders.get(new Key(batchId, path));
  }

  synchronized void add(UUID batchId, String path, TreeFolder folder) {
    folders.put(new Key(batchId, path), folder);
  }

  synchronized int size() {
    return folders.size();
  }
}
