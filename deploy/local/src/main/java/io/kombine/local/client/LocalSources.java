package io.kombine.local.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pipelines whose {@code source_images} may name files: those are uploaded first. */
public final class LocalSources {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*|/api/.*");

  private final KombineClient client;

  public LocalSources(KombineClient client) {
    this.client = client;
  }

  /**
   * Reads a request and puts uploaded URLs in the place of file names, which are relative to the
   * request's own folder.
   *
   * @throws IOException when request or a file cannot be read; the message names it
   */
  public ObjectNode read(Path request) throws IOException, InterruptedException {
    JsonNode json;
    try {
      json = JSON.readTree(Files.readString(request));
    } catch (JacksonException e) {
      throw new IOException(request + " is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!(json instanceof ObjectNode pipeline)) {
      throw new IOException(request + " holds no JSON object");
    }
    if (pipeline.get("source_images") instanceof ArrayNode sources) {
      Path folder = request.toAbsolutePath().getParent();
      pipeline.set("source_images", uploaded(sources, folder == null ? Path.of("") : folder));
    }
    return pipeline;
  }

  private ArrayNode uploaded(ArrayNode sources, Path folder)
      throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    for (JsonNode source : sources) {
      if (isFile(source)) {
        Path file = folder.resolve(source.asString());
        if (!Files.isReadable(file)) {
          throw new IOException("Source image " + file + " cannot be read");
        }
        files.add(file);
      }
    }
    List<String> urls = files.isEmpty() ? List.of() : client.upload(files);
    ArrayNode replaced = JSON.createArrayNode();
    int next = 0;
    for (JsonNode source : sources) {
      if (isFile(source)) {
        replaced.add(urls.get(next++));
      } else {
        replaced.add(source);
      }
    }
    return replaced;
  }

  private static boolean isFile(JsonNode source) {
    return source.isString() && !URL.matcher(source.asString()).matches();
  }
}
