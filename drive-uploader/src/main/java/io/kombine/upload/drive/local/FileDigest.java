package io.kombine.upload.drive.local;

import io.kombine.upload.drive.NewFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files as they lie on the drive. */
final class FileDigest {

  private static final int BUFFER_BYTES = 64 * 1024;

  private FileDigest() {}

  static boolean matches(Path path, NewFile file) throws IOException {
    return Files.size(path) == file.bytes() && of(path).equals(file.sha256());
  }

  /** Lower-case hexadecimal; a link is not followed. */
  static String of(Path path) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
