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
  private static final String DESCRIPTION = "description";
  private static final String PARAMETERS = "parameters";
  private static final String REQUEST_BODY = "requestBody";
  private static final String RESPONSES = "responses";
  private static final String SCHEMA = "schema";
  private static final Set<String> OWN_RULES =
      Set.of(PARAMETERS, REQUEST_BODY, RESPONSES, Examples.EXAMPLES, ProblemAnswers.PROBLEMS);

  private final Map<String, Object> usualParameters;
  private final Map<String, Object> answers;

  /**
   * @param usualParameters what is said of a parameter wherever an operation says nothing itself
   * @param answers recorded, by operation id and example
   */
  OperationWords(Map<String, Object> usualParameters, Map<String, Object> answers) {
    this.usualParameters = usualParameters;
    this.answers = answers;
  }

  void join(Map<String, Object> operation, Map<String, Object> words, String place) {
    words.forEach((member, value) -> {
      if (!OWN_RULES.contains(member)) {
        operation.put(member, value);
      }
    });
    parameters(operation, Tree.at(words, PARAMETERS), place);
    if (words.containsKey(REQUEST_BODY)) {
      Tree.join(Tree.made(operation, REQUEST_BODY), Tree.at(words, REQUEST_BODY));
    }
    answers(operation, Tree.at(words, RESPONSES));
    ProblemAnswers.add(operation, words);
    Examples.show(
        operation,
        Tree.at(words, Examples.EXAMPLES),
        Tree.at(answers, String.valueOf(operation.get("operationId"))));
  }

  /** By name; one that the code reads from the request itself says where it is. */
  private void parameters(Map<String, Object> operation, Map<String, Object> words, String place) {
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
                    Map<String, Object> added = Tree.of("name", name);
                    parameters.add(added);
                    return added;
                  });
          Tree.join(parameter, said);
        });
    parameters.stream()
        .filter(each -> !each.containsKey(DESCRIPTION))
        .forEach(
            each -> Tree.join(each, Tree.at(usualParameters, String.valueOf(each.get("name")))));
    if (!parameters.isEmpty()) {
      operation.put(PARAMETERS, parameters);
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
    Map<String, Object> all = new TreeMap<>();
    words
        .keySet()
        .forEach(status -> {
          Map<String, Object> answer = new LinkedHashMap<>(Tree.at(words, status));
          boolean hasBody = status.startsWith("2") && !status.equals("204");
          if (hasBody && !answer.containsKey(CONTENT) && !Map.of().equals(type)) {
            Tree.made(Tree.made(answer, CONTENT), JSON).put(SCHEMA, type);
          }
          all.put(status, answer);
        });
    operation.put(RESPONSES, all);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> typeOf(Object answer) {
    return Tree.at((Map<String, Object>) answer, CONTENT).values().stream()
        .map(content -> Tree.at((Map<String, Object>) content, SCHEMA))
        .findFirst()
        .orElse(Map.of());
  }
}
