package io.kombine.batch.openapi;

import io.kombine.batch.problem.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The problems that an operation answers: those its words list, and those that follow from what it
 * takes.
 */
final class ProblemAnswers {

  static final String PROBLEMS = "problems";

  private ProblemAnswers() {}

  static void add(Map<String, Object> operation, Map<String, Object> words) {
    Map<String, String> when = new LinkedHashMap<>();
    for (Object entry : (List<?>) words.getOrDefault(PROBLEMS, List.of())) {
      if (entry instanceof Map<?, ?> said) {
        said.forEach((type, text) -> when.put(String.valueOf(type), String.valueOf(text)));
      } else {
        when.put(String.valueOf(entry), "");
      }
    }
    Set<ProblemType> types = new LinkedHashSet<>(implied(operation));
    when.keySet()
        .forEach(type ->
            types.add(ProblemType.valueOf(type.toUpperCase(Locale.ROOT).replace('-', '_'))));
    Map<Integer, List<ProblemType>> byStatus =
        types.stream()
            .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
    Map<String, Object> answers = new TreeMap<>(Tree.at(operation, "responses"));
    byStatus.forEach((status, each) -> answers.put(status.toString(), answer(each, when)));
    operation.put("responses", answers);
  }

  private static List<ProblemType> implied(Map<String, Object> operation) {
    List<ProblemType> implied = new ArrayList<>();
    List<Map<String, Object>> parameters = Tree.objects(operation.get("parameters"));
    boolean json =
        Tree.at(Tree.at(operation, "requestBody"), "content").containsKey("application/json");
    if (!operation.containsKey("security")) {
      implied.add(ProblemType.UNAUTHORIZED);
    }
    if (json || !parameters.isEmpty()) {
      implied.add(ProblemType.INVALID_REQUEST);
    }
    if (json) {
      implied.add(ProblemType.MALFORMED_JSON);
      implied.add(ProblemType.BODY_TOO_LARGE);
      implied.add(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }
    if (parameters.stream().anyMatch(each -> "Idempotency-Key".equals(each.get("name")))) {
      implied.add(ProblemType.INVALID_IDEMPOTENCY_KEY);
      implied.add(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }
    implied.add(ProblemType.INTERNAL_ERROR);
    implied.add(ProblemType.BUSY);
    return implied;
  }

  private static Map<String, Object> answer(List<ProblemType> types, Map<String, String> when) {
    String description =
        types.stream()
            .map(type -> {
              String text = when.getOrDefault(name(type), "");
              return "`" + name(type) + "`: " + (text.isEmpty() ? type.title() + "." : text);
            })
            .collect(Collectors.joining("\n\n"));
    List<String> uris = types.stream().map(type -> type.uri().toString()).toList();
    Map<String, Object> narrowed =
        Tree.of("type", "object", "properties", Tree.of("type", Tree.of("enum", uris)));
    Map<String, Object> schema =
        Tree.of("allOf", List.of(Tree.of("$ref", "#/components/schemas/Problem"), narrowed));
    return Tree.of(
        "description",
        description,
        "content",
        Tree.of("application/problem+json", Tree.of("schema", schema)));
  }

  private static String name(ProblemType type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
