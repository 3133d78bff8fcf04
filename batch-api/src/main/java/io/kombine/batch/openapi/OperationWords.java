package io.kombine.batch.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Joins one operation with its words. */
final class OperationWords {

  private static final String JSON = "application/json";
  private static final String CONTENT = "content";
  private static final String EXAMPLES = "examples";
  private static final String PARAMETERS = "parameters";
  private static final String REQUEST_BODY = "requestBody";
  private static final String RESPONSES = "responses";
  private static final String SCHEMA = "schema";
  private static final Set<String> OWN_RULES =
      Set.of(PARAMETERS, REQUEST_BODY, RESPONSES, ProblemAnswers.PROBLEMS);

  private OperationWords() {}

  static void join(Map<String, Object> operation, Map<String, Object> words, String place) {
    words.forEach((member, value) -> {
      if (!OWN_RULES.contains(member)) {
        operation.put(member, value);
      }
    });
    parameters(operation, Tree.at(words, PARAMETERS), place);
    body(operation, Tree.at(words, REQUEST_BODY));
    answers(operation, Tree.at(words, RESPONSES));
    ProblemAnswers.add(operation, words);
  }

  /** By name; one that the code reads from the request itself says where it is. */
  private static void parameters(
      Map<String, Object> operation, Map<String, Object> words, String place) {
    List<Map<String, Object>> parameters = new ArrayList<>(Tree.objects(operation.get(PARAMETERS)));
    words
        .keySet()
        .forEach(name -> {
          Map<String, Object> said = Tree.at(words, name);
          Map<String, Object> parameter =
              parameters.stream()
                  .filter(each -> name.equals(each.get("name")))
                  .findFirst()
                  .orElseGet(() -> {
                    if (!said.containsKey("in")) {
                      throw new IllegalStateException("openapi: " + place + " takes no " + name);
                    }
                    Map<String, Object> added = new LinkedHashMap<>(Map.of("name", name));
                    parameters.add(added);
                    return added;
                  });
          Tree.join(parameter, said);
        });
    if (!parameters.isEmpty()) {
      operation.put(PARAMETERS, parameters);
    }
  }

  /** Examples go to every media type of JSON; a body that the code streams is said whole. */
  private static void body(Map<String, Object> operation, Map<String, Object> words) {
    if (words.isEmpty()) {
      return;
    }
    Map<String, Object> body = Tree.made(operation, REQUEST_BODY);
    Map<String, Object> said = new LinkedHashMap<>(words);
    Object examples = said.remove(EXAMPLES);
    Tree.join(body, said);
    if (examples != null) {
      Tree.made(Tree.made(body, CONTENT), JSON).put(EXAMPLES, examples);
    }
  }

  /** The type that the method returns is that of every answer of success. */
  private static void answers(Map<String, Object> operation, Map<String, Object> words) {
    if (words.isEmpty()) {
      return;
    }
    Object type =
        Tree.at(operation, RESPONSES).values().stream()
            .map(OperationWords::typeOf)
            .filter(schema -> !schema.isEmpty())
            .findFirst()
            .orElse(Map.of());
    Map<String, Object> answers = new TreeMap<>();
    words
        .keySet()
        .forEach(status -> {
          Map<String, Object> answer = new LinkedHashMap<>(Tree.at(words, status));
          Object examples = answer.remove(EXAMPLES);
          boolean hasBody = status.startsWith("2") && !status.equals("204");
          if (hasBody && !answer.containsKey(CONTENT) && !Map.of().equals(type)) {
            answer.put(
                CONTENT,
                new LinkedHashMap<>(Map.of(JSON, new LinkedHashMap<>(Map.of(SCHEMA, type)))));
          }
          if (examples != null) {
            Tree.made(Tree.made(answer, CONTENT), JSON).put(EXAMPLES, examples);
          }
          answers.put(status, answer);
        });
    operation.put(RESPONSES, answers);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> typeOf(Object answer) {
    return Tree.at((Map<String, Object>) answer, CONTENT).values().stream()
        .map(content -> Tree.at((Map<String, Object>) content, SCHEMA))
        .findFirst()
        .orElse(Map.of());
  }
}
