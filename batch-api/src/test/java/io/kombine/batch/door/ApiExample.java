package io.kombine.batch.door;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;

/**
 * One request that the API's words show.
 *
 * @param words its path, query, headers, media and body, the status it is to be {@code answer}ed
 *     with, and what of its answer later examples name ({@code binds})
 */
record ApiExample(String operationId, String method, String path, String name, JsonNode words) {

  private static final List<String> BEFORE_OTHERS = List.of("upload");

  /** All there are: files come in first, and what removes things comes last. */
  static List<ApiExample> all() {
    List<ApiExample> examples = new ArrayList<>();
    for (Resource file : files()) {
      JsonNode paths = DoorIT.JSON.valueToTree(yaml(file)).path("paths");
      paths
          .properties()
          .forEach(path ->
              path.getValue()
                  .properties()
                  .forEach(operation ->
                      operation
                          .getValue()
                          .path("examples")
                          .properties()
                          .forEach(example ->
                              examples.add(
                                  new ApiExample(
                                      operation.getValue().path("operationId").asString(),
                                      operation.getKey(),
                                      path.getKey(),
                                      example.getKey(),
                                      example.getValue())))));
    }
    examples.sort(
        Comparator.comparing(ApiExample::turn)
            .thenComparing(each -> each.isRemoval() ? -each.depth() : 0));
    return examples;
  }

  private int turn() {
    return BEFORE_OTHERS.contains(operationId) ? 0 : isRemoval() ? 2 : 1;
  }

  private boolean isRemoval() {
    return method.equals("delete");
  }

  /** So that what is in another goes first. */
  private int depth() {
    return path.split("/", -1).length;
  }

  private static List<Resource> files() {
    try {
      var found =
          new PathMatchingResourcePatternResolver().getResources("classpath:openapi/*.yaml");
      return Stream.of(found).sorted(Comparator.comparing(Resource::getFilename)).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Object yaml(Resource file) {
    try (Reader in = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String id() {
    return operationId + "." + name;
  }

  int answer() {
    return words.path("answer").asInt();
  }

  String media() {
    return words.path("media").asString("application/json");
  }

  /** What later examples name, by the place in the answer that it stands in. */
  Map<String, String> binds() {
    Map<String, String> binds = new TreeMap<>();
    words.path("binds").properties().forEach(e -> binds.put(e.getKey(), e.getValue().asString()));
    return binds;
  }

  @Override
  public String toString() {
    return id();
  }
}
