package io.kombine.system.soak.drive;

import io.kombine.system.soak.audit.Evidence.FileFacts;
import io.kombine.system.soak.audit.Evidence.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads delivered folders and stored artifacts byte by byte. */
final class Folders {

  private static final String MANIFEST = "manifest.json";
  private static final int BUFFER = 65_536;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Folders() {}

  /**
   * A batch's folder.
   *
   * @param url null where none is known
   */
  static Tree tree(UUID batchId, @Nullable String url) throws IOException {
    Map<String, FileFacts> files = new HashMap<>();
    if (url != null) {
      Path folder = Path.of(URI.create(url));
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path file : paths.filter(Files::isRegularFile).toList()) {
          files.put(folder.relativize(file).toString(), facts(file));
        }
      }
      if (files.remove(MANIFEST) != null) {
        return withManifest(batchId, files, JSON.readTree(folder.resolve(MANIFEST).toFile()));
      }
    }
    return new Tree(batchId, files, null, List.of(), Map.of());
  }

  private static Tree withManifest(UUID batchId, Map<String, FileFacts> files, JsonNode manifest) {
    Map<String, FileFacts> delivered = new HashMap<>();
    Map<UUID, String> states = new HashMap<>();
    List<String> undelivered = new ArrayList<>();
    for (JsonNode step : manifest.path("steps")) {
      UUID id = UUID.fromString(step.path("step_id").asString());
      states.put(id, step.path("state").asString());
      for (JsonNode output : step.path("outputs")) {
        String path = output.path("path").asString("");
        if (output.path("delivery").asString("").equals("DELIVERED")) {
          delivered.put(
              path, new FileFacts(output.path("bytes").asLong(), output.path("sha256").asString()));
        } else {
          undelivered.add("step " + id + " " + path);
        }
      }
    }
    return new Tree(batchId, files, delivered, undelivered, states);
  }

  /** Whether the artifact store has these bytes. */
  static boolean isStored(Path artifacts, String sha256, long bytes) throws IOException {
    Path file = artifacts.resolve("sha256").resolve(sha256.substring(0, 2)).resolve(sha256);
    return Files.isRegularFile(file) && facts(file).equals(new FileFacts(bytes, sha256));
  }

  private static FileFacts facts(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      long bytes = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        bytes += read;
      }
      return new FileFacts(bytes, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
