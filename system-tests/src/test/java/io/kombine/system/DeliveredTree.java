package io.kombine.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Files by their path below the batch's folder, with the SHA-256 of their bytes. */
public record DeliveredTree(Map<String, String> files) {

  public static final String MANIFEST = "manifest.json";

  public static DeliveredTree ofFolder(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          files.put(folder.relativize(file).toString(), sha256(in));
        }
      }
    }
    return new DeliveredTree(files);
  }

  /** Of a zip whose one top folder is the batch's. */
  public static DeliveredTree ofZip(Path zip) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName().substring(entry.getName().indexOf('/') + 1), sha256(in));
      }
    }
    return new DeliveredTree(files);
  }

  /** Without the manifest. */
  public DeliveredTree outputs() {
    Map<String, String> outputs = new TreeMap<>(files);
    outputs.remove(MANIFEST);
    return new DeliveredTree(outputs);
  }

  private static String sha256(InputStream in) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[65_536];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
