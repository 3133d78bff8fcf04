package io.kombine.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a stack keeps what: all below one directory, kept across restarts. */
public record StackDirectories(Path home) {

  public StackDirectories {
    home = home.toAbsolutePath().normalize();
  }

  public Path kafka() {
    return home.resolve("kafka");
  }

  public Path postgres() {
    return home.resolve("postgres");
  }

  public Path artifacts() {
    return home.resolve("artifacts");
  }

  /** Root of the local drive: the delivered folder trees. */
  public Path drive() {
    return home.resolve("drive");
  }

  public Path logs() {
    return home.resolve("logs");
  }

  Path run() {
    return home.resolve("run");
  }

  Path programs() {
    return home.resolve("programs");
  }

  /** Everything that a fresh start throws away. */
  List<Path> state() {
    return List.of(kafka(), postgres(), artifacts(), drive(), logs());
  }

  void create() {
    try {
      for (Path directory : List.of(kafka(), artifacts(), drive(), logs(), run())) {
        Files.createDirectories(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The data directory cannot be made in " + home, e);
    }
  }
}
