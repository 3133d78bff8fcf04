package io.kombine.batch.tree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Hands out the paths of one batch's tree, each once: a path that a file system could take for an
 * earlier one gets a number at the end of its file name. Not thread-safe.
 */
public final class TreePaths {

  private final Set<String> taken = new HashSet<>();

  /**
   * A path nobody has yet.
   *
   * @param folders safe names from the batch's folder down
   * @param stem the file's name, made safe and cut here
   * @param extension without the dot, letters and digits
   */
  public List<String> file(List<String> folders, String stem, String extension) {
    int room = SafeNames.MAX_LENGTH - extension.length() - 1;
    for (int n = 1; ; n++) {
      String suffix = n == 1 ? "" : "_" + n;
      String name = SafeNames.of(stem, "file", room - suffix.length()) + suffix + "." + extension;
      List<String> path = new ArrayList<>(folders);
      path.add(name);
      if (taken.add(SafeNames.comparisonKey(String.join("/", path)))) {
        return List.copyOf(path);
      }
    }
  }
}
