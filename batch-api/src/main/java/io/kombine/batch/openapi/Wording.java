package io.kombine.batch.openapi;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Joins what springdoc found in the code with what the files say about it. Paths come in the order
 * of the files. A file that speaks of a path, parameter or property that the code does not have is
 * refused; what no file speaks of stays as it was found.
 */
final class Wording implements OpenApiCustomizer {

  private static final String PATHS = "paths";
  private static final String SCHEMAS = "schemas";
  private static final String PROPERTIES = "properties";

  private final List<Map<String, Object>> files;
  private final Map<String, Object> usualProperties = new LinkedHashMap<>();
  private final OperationWords operationWords;

  /**
   * @param files the words, in the order that readers shall find them in
   * @param answers recorded, by operation id and example
   */
  Wording(List<Map<String, Object>> files, Map<String, Object> answers) {
    this.files = List.copyOf(files);
    Map<String, Object> usualParameters = new LinkedHashMap<>();
    for (Map<String, Object> file : files) {
      usualParameters.putAll(Tree.at(file, "parameters"));
      usualProperties.putAll(Tree.at(file, PROPERTIES));
    }
    this.operationWords = new OperationWords(usualParameters, answers);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void customise(OpenAPI found) {
    Map<String, Object> document = Json31.mapper().convertValue(found, Map.class);
    join(document);
    OpenAPI joined = Json31.mapper().convertValue(document, OpenAPI.class);
    found
        .info(joined.getInfo())
        .servers(joined.getServers())
        .tags(joined.getTags())
        .security(joined.getSecurity())
        .paths(joined.getPaths())
        .components(joined.getComponents());
  }

  private void join(Map<String, Object> document) {
    Map<String, Object> found = Tree.at(document, PATHS);
    Map<String, Object> paths = new LinkedHashMap<>();
    List<Object> tags = new ArrayList<>();
    Map<String, Object> components = Tree.made(document, "components");
    Map<String, Object> schemas = new TreeMap<>(Tree.at(components, SCHEMAS));
    for (Map<String, Object> file : files) {
      Tree.join(document, Tree.at(file, "document"));
      Map<String, Object> tag = Tree.at(file, "tag");
      if (!tag.isEmpty()) {
        tags.add(tag);
      }
      Tree.at(file, PATHS)
          .keySet()
          .forEach(path -> {
            Map<String, Object> operations = known(found, path, path);
            paths.put(path, operations);
            Map<String, Object> words = Tree.at(Tree.at(file, PATHS), path);
            words
                .keySet()
                .forEach(method -> {
                  String place = method + " " + path;
                  Map<String, Object> operation = known(operations, method, place);
                  operation.put("tags", List.of(String.valueOf(tag.get("name"))));
                  operationWords.join(operation, Tree.at(words, method), place);
                });
          });
      Tree.at(file, SCHEMAS)
          .keySet()
          .forEach(name -> {
            Map<String, Object> words = Tree.at(Tree.at(file, SCHEMAS), name);
            schema(
                words.containsKey("type") ? Tree.made(schemas, name) : known(schemas, name, name),
                words,
                name);
          });
    }
    schemas.keySet().forEach(name -> usual(Tree.at(Tree.at(schemas, name), PROPERTIES)));
    found.forEach(paths::putIfAbsent);
    document.put(PATHS, paths);
    document.put("tags", tags);
    components.put(SCHEMAS, schemas);
  }

  private static void schema(Map<String, Object> schema, Map<String, Object> words, String place) {
    if (!words.containsKey("type")) {
      Map<String, Object> properties = Tree.at(schema, PROPERTIES);
      Tree.at(words, PROPERTIES)
          .keySet()
          .forEach(name -> known(properties, name, place + "." + name));
      Tree.strings(words.get("required"))
          .forEach(name -> known(properties, name, place + "." + name));
    }
    Tree.join(schema, words);
  }

  private void usual(Map<String, Object> properties) {
    properties
        .keySet()
        .forEach(name -> {
          Map<String, Object> property = Tree.at(properties, name);
          if (!property.containsKey("description") && usualProperties.containsKey(name)) {
            property.put("description", usualProperties.get(name));
          }
        });
  }

  static Map<String, Object> known(Map<String, Object> objects, String name, String place) {
    if (!objects.containsKey(name)) {
      throw new IllegalStateException("openapi: the code has no " + place);
    }
    return Tree.made(objects, name);
  }
}
