package io.kombine.upload.drive.local;

import io.kombine.upload.drive.DriveOutcome;
import io.kombine.upload.drive.FileContent;
import io.kombine.upload.drive.NewFile;
import io.kombine.upload.drive.UploadSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Drives and files to put on them. */
final class TestDrive {

  static final long RESUMABLE_FROM = 1000;

  private TestDrive() {}

  static LocalFolderDrive open(Path directory) throws IOException {
    return LocalFolderDrive.open(directory, RESUMABLE_FROM, Instant.EPOCH);
  }

  static NewFile file(String id, byte[] bytes, Set<String> replaceable) {
    int slash = id.lastIndexOf('/');
    return new NewFile(
        id,
        slash < 0 ? "" : id.substring(0, slash),
        id.substring(slash + 1),
        "image/jpeg",
        bytes.length,
        sha256(bytes),
        replaceable);
  }

  static DriveOutcome<String> put(LocalFolderDrive drive, String id, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return drive.upload(file(id, bytes, Set.of()), content(bytes), new Memory());
  }

  static FileContent content(byte[] bytes) {
    return offset -> {
      ByteArrayInputStream in = new ByteArrayInputStream(bytes);
      in.skipNBytes(offset);
      return in;
    };
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** A session that outlives its uploader. */
  static final class Memory implements UploadSession {
    private Optional<String> kept = Optional.empty();

    @Override
    public Optional<String> find() {
      return kept;
    }

    @Override
    public void keep(String text) {
      kept = Optional.of(text);
    }
  }
}
