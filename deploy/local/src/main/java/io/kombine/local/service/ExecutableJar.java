package io.kombine.local.service;

import io.kombine.local.process.FileTrees;
import io.kombine.local.process.JavaProgram;
import io.kombine.local.process.StackException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A service's executable jar, taken apart beside itself, since Java starts faster from plain jars
 * and can share an archive of their classes.
 *
 * <p>Each build of the jar gets a directory of its own, so that processes of an earlier build keep
 * theirs; directories that no process uses any more are removed.
 */
final class ExecutableJar {

  private static final String PREFIX = "app-";
  private static final int FINGERPRINT_BYTES = 10;

  private final Path jar;

  /** One for each jar of the build. */
  private static final Map<Path, Lock> HERE = new ConcurrentHashMap<>();

  ExecutableJar(Path jar) {
    this.jar = jar.toAbsolutePath();
  }

  /**
   * The directory with the runnable jar (of the same name) and its libraries; taken apart when this
   * build was not yet. Safe to be called by several processes at once.
   *
   * @throws StackException when the jar has not been built
   */
  Path directory() throws IOException {
    if (!Files.isRegularFile(jar)) {
      throw new StackException(
          "%s is missing; build it first: mvn -DskipTests package".formatted(jar));
    }
    Path directory = jar.resolveSibling(PREFIX + fingerprint());
    if (Files.isDirectory(directory)) {
      return directory;
    }
    // why a lock of this JVM too: the one on the file holds back other processes only
    Lock here = HERE.computeIfAbsent(jar, any -> new ReentrantLock());
    here.lock();
    try {
      takeApart(directory);
    } finally {
      here.unlock();
    }
    return directory;
  }

  private void takeApart(Path directory) throws IOException {
    try (FileChannel lockFile =
            FileChannel.open(
                jar.resolveSibling("app.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = lockFile.lock()) {
      if (lock.isValid() && !Files.isDirectory(directory)) {
        removeUnused();
        Path draft = jar.resolveSibling("app.new");
        FileTrees.delete(draft);
        extract(draft);
        Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** why the content: a build without changes makes the same jar, and keeps what was made of it. */
  private String fingerprint() throws IOException {
    try (DigestInputStream content =
        new DigestInputStream(Files.newInputStream(jar), MessageDigest.getInstance("SHA-256"))) {
      content.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(content.getMessageDigest().digest(), 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private void extract(Path draft) throws IOException {
    Process process =
        new ProcessBuilder(
                JavaProgram.executable(),
                "-Djarmode=tools",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString(),
                "extract",
                "--destination",
                draft.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("%s could not be taken apart: %s".formatted(jar, output.strip()));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while " + jar + " was taken apart", e);
    }
  }

  private void removeUnused() throws IOException {
    List<Path> directories;
    try (Stream<Path> siblings = Files.list(jar.toAbsolutePath().getParent())) {
      directories =
          siblings
              .filter(Files::isDirectory)
              .filter(path -> path.getFileName().toString().startsWith(PREFIX))
              .toList();
    }
    for (Path directory : directories) {
      if (ProcessHandle.allProcesses().noneMatch(process -> uses(process, directory))) {
        FileTrees.delete(directory);
      }
    }
  }

  private static boolean uses(ProcessHandle process, Path directory) {
    return process.info().arguments().stream()
        .flatMap(Stream::of)
        .anyMatch(argument -> argument.contains(directory.toString()));
  }
}
