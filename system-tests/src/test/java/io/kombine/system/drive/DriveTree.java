package io.kombine.system.drive;

import io.kombine.system.simulator.call.Fingerprint;
import io.kombine.system.simulator.drive.DriveEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files by their path below the batch's folder, each with its size and SHA-256. */
record DriveTree(Map<String, String> files) {

  private static final String MANIFEST = "manifest.json";

  /**
   * What lies in a folder at Drive.
   *
   * @throws AssertionError when two files have one path
   */
  static DriveTree of(List<DriveEntry> all, String folderId) {
    String top =
        all.stream()
                .filter(entry -> entry.id().equals(folderId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no folder " + folderId))
                .path()
            + "/";
    Map<String, String> files = new TreeMap<>();
    for (DriveEntry entry : all) {
      if (entry.path().startsWith(top) && !entry.sha256().isEmpty()) {
        String path = entry.path().substring(top.length());
        if (files.put(path, entry.size() + " " + entry.sha256()) != null) {
          throw new AssertionError("twice: " + path);
        }
      }
    }
    return new DriveTree(files);
  }

  /** What the manifest in a batch's zip tells, and the manifest itself. */
  static DriveTree ofManifest(Path zip) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipFile entries = new ZipFile(zip.toFile())) {
      byte[] manifest =
          entries
              .getInputStream(
                  entries.stream()
                      .filter(entry -> entry.getName().endsWith("/" + MANIFEST))
                      .findFirst()
                      .orElseThrow())
              .readAllBytes();
      files.put(MANIFEST, manifest.length + " " + new Fingerprint().add(manifest).hex());
      for (JsonNode step : JsonMapper.builder().build().readTree(manifest).path("steps")) {
        for (JsonNode output : step.path("outputs")) {
          files.put(
              output.path("path").asString(),
              output.path("bytes").asLong() + " " + output.path("sha256").asString());
        }
      }
    }
    return new DriveTree(files);
  }
}
