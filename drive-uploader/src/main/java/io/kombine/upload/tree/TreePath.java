package io.kombine.upload.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one file goes: names from the drive's root down, the batch's folder first, the file last.
 * Every name is safe on all file systems, so nothing that is joined from them leads elsewhere.
 *
 * <p>Planning decides the names, and which of them would collide; this is the last check of what
 * came over the wire, and it mends nothing.
 *
 * @param names at least two and at most {@value #MAX_DEPTH}, together at most {@value #MAX_BYTES}
 *     bytes of UTF-8
 */
public record TreePath(List<String> names) {

  public static final int MAX_DEPTH = 16;
  public static final int MAX_BYTES = 2048;

  /**
   * @throws UnsafePathException when a name is unsafe somewhere, or they are too many or too long
   */
  public TreePath {
    names = List.copyOf(names);
    if (names.size() < 2 || names.size() > MAX_DEPTH) {
      throw new UnsafePathException(
          "A path has 2 to %d names, not %d.".formatted(MAX_DEPTH, names.size()));
    }
    names.forEach(SafeName::check);
    if (String.join("/", names).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new UnsafePathException("The path has more than %d bytes.".formatted(MAX_BYTES));
    }
  }

  /** The path of a file below the batch's folder. */
  public static TreePath of(String batchFolder, List<String> path) {
    List<String> names = new ArrayList<>(path.size() + 1);
    names.add(batchFolder);
    names.addAll(path);
    return new TreePath(names);
  }

  public String fileName() {
    return names.getLast();
  }

  /** All names joined by {@code /}. */
  public String text() {
    return String.join("/", names);
  }

  /** The names of each folder on the way, from the batch's folder down. */
  public List<List<String>> folders() {
    List<List<String>> folders = new ArrayList<>(names.size() - 1);
    for (int depth = 1; depth < names.size(); depth++) {
      folders.add(names.subList(0, depth));
    }
    return folders;
  }
}
