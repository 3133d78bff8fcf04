package io.kombine.batch.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows an operation's examples where OpenAPI has them: at its parameters, its body and its
 * answers, under one name. What is answered was recorded from the running application.
 */
final class Examples {

  static final String EXAMPLES = "examples";

  private static final String CONTENT = "content";
  private static final String VALUE = "value";

  private Examples() {}

  /**
   * @param answers by the example's name: status, media and, where it can be shown, body
   */
  static void show(
      Map<String, Object> operation, Map<String, Object> examples, Map<String, Object> answers) {
    examples
        .keySet()
        .forEach(name -> {
          Map<String, Object> example = Tree.at(examples, name);
          for (String where : List.of("path", "query", "headers")) {
            Tree.at(example, where)
                .forEach((parameter, value) -> {
                  Map<String, Object> of = parameter(operation, parameter);
                  Tree.made(of, EXAMPLES).put(name, Tree.of(VALUE, value));
                });
          }
          if (example.containsKey("body")) {
            String media = String.valueOf(example.getOrDefault("media", "application/json"));
            Map<String, Object> content =
                Tree.made(Tree.made(Tree.made(operation, "requestBody"), CONTENT), media);
            Tree.made(content, EXAMPLES).put(name, shown(example, example.get("body")));
          }
          Map<String, Object> answer = Tree.at(answers, name);
          if (answer.containsKey("body")) {
            Map<String, Object> responses = Tree.made(operation, "responses");
            Map<String, Object> response =
                Tree.made(responses, String.valueOf(answer.get("status")));
            Map<String, Object> content =
                Tree.made(Tree.made(response, CONTENT), String.valueOf(answer.get("media")));
            Tree.made(content, EXAMPLES).put(name, shown(example, answer.get("body")));
          }
        });
  }

  private static Map<String, Object> parameter(Map<String, Object> operation, String name) {
    return Tree.objects(operation.get("parameters")).stream()
        .filter(each -> name.equals(each.get("name")))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "openapi: %s takes no %s".formatted(operation.get("operationId"), name)));
  }

  private static Map<String, Object> shown(Map<String, Object> example, Object value) {
    Map<String, Object> shown = new LinkedHashMap<>();
    if (example.containsKey("summary")) {
      shown.put("summary", example.get("summary"));
    }
    shown.put(VALUE, value);
    return shown;
  }
}
