package io.kombine.system.simulator.drive;

import io.kombine.system.simulator.http.BadRequestException;
import io.kombine.system.simulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A file or folder without its content, of which only length and hash are kept.
 *
 * @param parent the one folder it is in
 * @param sha256 of the content, in hex; empty for folders
 */
record DriveFile(
    String id,
    String name,
    String mimeType,
    String parent,
    Map<String, String> appProperties,
    long size,
    String sha256,
    Instant created,
    boolean trashed) {

  static final String FOLDER = "application/vnd.google-apps.folder";

  private static final int MAX_PROPERTY_BYTES = 124;
  private static final int MAX_PROPERTIES = 30;
  private static final int MAX_NAME = 32_767;

  DriveFile {
    appProperties = Map.copyOf(appProperties);
  }

  /** A file as its creator describes it, still without content. */
  static DriveFile described(JsonNode metadata, String id, String mimeType, Instant created) {
    JsonNode parents = metadata.path("parents");
    String name = Json.text(metadata, "name");
    if (parents.size() > 1 || name.length() > MAX_NAME) {
      throw new BadRequestException("A file has one parent and a name of a bounded length.");
    }
    Map<String, String> properties = new TreeMap<>();
    for (var property : metadata.path("appProperties").properties()) {
      String value = property.getValue().asString("");
      if ((property.getKey() + value).getBytes(StandardCharsets.UTF_8).length
          > MAX_PROPERTY_BYTES) {
        throw new BadRequestException("An appProperty has more than 124 bytes.");
      }
      properties.put(property.getKey(), value);
    }
    if (properties.size() > MAX_PROPERTIES) {
      throw new BadRequestException("There are more than 30 appProperties.");
    }
    String stated = Json.text(metadata, "mimeType");
    return new DriveFile(
        id,
        name.isEmpty() ? "Untitled" : name,
        stated.isEmpty() ? mimeType : stated,
        parents.path(0).asString("root"),
        properties,
        0,
        "",
        created,
        false);
  }

  /** A folder that is there from the start. */
  static DriveFile top(String id) {
    return new DriveFile(id, id, FOLDER, "", Map.of(), 0, "", Instant.EPOCH, false);
  }

  DriveFile with(long length, String hash) {
    return new DriveFile(id, name, mimeType, parent, appProperties, length, hash, created, trashed);
  }

  boolean isFolder() {
    return mimeType.equals(FOLDER);
  }
}
