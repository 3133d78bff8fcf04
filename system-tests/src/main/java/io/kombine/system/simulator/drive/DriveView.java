package io.kombine.system.simulator.drive;

import io.kombine.system.simulator.http.Json;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** A file as JSON, with the fields that were asked for and no others. */
final class DriveView {

  private static final Set<String> USUAL = Set.of("kind", "id", "name", "mimeType");
  private static final Pattern LIST = Pattern.compile("files(?:\\(([^)]*)\\)|/(\\w+))");

  private DriveView() {}

  /** The fields of one file; empty for all. */
  static Set<String> fields(String asked) {
    if (asked.isEmpty()) {
      return USUAL;
    }
    return asked.contains("*") ? Set.of() : Set.of(asked.replaceAll("\\s", "").split(",", -1));
  }

  /** The fields of each file of a list. */
  static Set<String> listFields(String asked) {
    Matcher matcher = LIST.matcher(asked);
    if (matcher.find()) {
      return fields(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return asked.contains("*") ? Set.of() : USUAL;
  }

  static ObjectNode of(DriveFile file, Set<String> fields) {
    ObjectNode all = Json.object().put("kind", "drive#file").put("id", file.id());
    all.put("name", file.name()).put("mimeType", file.mimeType()).put("trashed", file.trashed());
    all.putArray("parents").add(file.parent());
    ObjectNode properties = all.putObject("appProperties");
    file.appProperties().forEach(properties::put);
    all.put("createdTime", file.created().toString());
    all.put(
        "webViewLink",
        "https://drive.google.com/" + (file.isFolder() ? "drive/folders/" : "file/d/") + file.id());
    if (!file.isFolder()) {
      all.put("size", Long.toString(file.size())).put("sha256Checksum", file.sha256());
    }
    return fields.isEmpty() ? all : all.retain(fields);
  }
}
