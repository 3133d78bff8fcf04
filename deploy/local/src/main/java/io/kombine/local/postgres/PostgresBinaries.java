package io.kombine.local.postgres;

import io.kombine.local.process.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs, unpacked once into a directory from the archive on the class path.
 *
 * <p>Several processes may unpack into the same directory at once: a file lock lets one do it.
 */
public final class PostgresBinaries {

  private PostgresBinaries() {}

  /**
   * The installation below {@code parent}, unpacked when it is not there yet.
   *
   * @param parent directory that keeps the installation; created when absent
   * @return directory with {@code bin/postgres} and {@code bin/initdb}
   * @throws StackException when there is no archive for this operating system and processor
   */
  public static Path unpackedIn(Path parent) throws IOException {
    Path installation = parent.resolve("postgresql");
    if (isComplete(installation)) {
      return installation;
    }
    Files.createDirectories(parent);
    try (FileChannel lockFile =
            FileChannel.open(
                parent.resolve("postgresql.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = lockFile.lock()) {
      if (lock.isValid() && !isComplete(installation)) {
        unpack(installation);
      }
    }
    return installation;
  }

  private static boolean isComplete(Path installation) {
    return Files.isExecutable(installation.resolve("bin/postgres"));
  }

  private static void unpack(Path installation) throws IOException {
    Path draft = installation.resolveSibling("postgresql.new");
    deleteTree(draft);
    Files.createDirectories(draft);
    String archive = archiveName();
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
      if (packed == null) {
        throw new StackException(
            "There are no PostgreSQL programs for this machine (%s); set KOMBINE_POSTGRES_URL to a PostgreSQL that runs."
                .formatted(archive));
      }
      Process tar =
          new ProcessBuilder("tar", "-x", "-f", "-", "-C", draft.toString())
              .redirectErrorStream(true)
              .start();
      try (OutputStream unpacked = tar.getOutputStream()) {
        new XZInputStream(packed).transferTo(unpacked);
      }
      String complaint = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (tar.waitFor() != 0) {
        throw new IOException("tar could not unpack PostgreSQL: " + complaint);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while PostgreSQL was unpacked", e);
    }
    openToAll(draft);
    Files.move(draft, installation, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String archiveName() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return "postgres-%s-%s.txz"
        .formatted(
            system.contains("mac") ? "darwin" : "linux",
            List.of("aarch64", "arm64").contains(processor) ? "arm_64" : "x86_64");
  }

  /** why: root unpacks, but an unprivileged user runs the programs. */
  private static void openToAll(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.filter(p -> !Files.isSymbolicLink(p)).toList()) {
        path.toFile().setReadable(true, false);
        if (Files.isDirectory(path) || Files.isExecutable(path)) {
          path.toFile().setExecutable(true, false);
        }
      }
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
