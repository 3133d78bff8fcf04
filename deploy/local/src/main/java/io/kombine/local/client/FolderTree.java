package io.kombine.local.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints a folder with all that is in it. */
public final class FolderTree {

  private final PrintWriter out;

  public FolderTree(PrintWriter out) {
    this.out = out;
  }

  public void print(Path folder) throws IOException {
    out.println(folder.getFileName() + "/");
    print(folder, "");
  }

  private void print(Path folder, String indent) throws IOException {
    List<Path> entries;
    try (Stream<Path> found = Files.list(folder)) {
      entries = found.sorted().toList();
    }
    for (int i = 0; i < entries.size(); i++) {
      Path entry = entries.get(i);
      boolean last = i == entries.size() - 1;
      out.print(indent + (last ? "└── " : "├── ") + entry.getFileName());
      if (Files.isDirectory(entry)) {
        out.println("/");
        print(entry, indent + (last ? "    " : "│   "));
      } else {
        out.printf(Locale.ROOT, "  %,d KB%n", Math.max(1, Files.size(entry) / 1000));
      }
    }
  }
}
