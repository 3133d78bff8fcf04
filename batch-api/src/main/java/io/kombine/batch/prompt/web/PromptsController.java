package io.kombine.batch.prompt.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.prompt.TextModel;
import io.kombine.contracts.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/prompts/enhance}: rewrites a list of prompts; nothing is stored or billed. */
@RestController
class PromptsController {

  private static final int MAX_PROMPTS = 20;
  private static final int MAX_LENGTH = 2_000;
  private static final String DEFAULT_MODEL = "local-text";

  private final Map<String, TextModel> models;

  PromptsController(List<TextModel> models) {
    this.models = models.stream().collect(Collectors.toUnmodifiableMap(TextModel::id, m -> m));
  }

  /**
   * Prompts to rewrite.
   *
   * @param target {@code i2i} or {@code i2v}; {@code i2i} where absent
   * @param model {@code local-text} where absent
   */
  record Request(
      @Nullable List<@Nullable String> prompts, @Nullable String target, @Nullable String model) {}

  record Enhanced(String original, String enhanced) {}

  record Response(String model, List<Enhanced> prompts) {}

  @PostMapping("/api/prompts/enhance")
  Response enhance(Owner owner, @RequestBody Request request) {
    List<String> prompts = prompts(request.prompts());
    StepKind target = target(request.target());
    TextModel model = model(Objects.requireNonNullElse(request.model(), DEFAULT_MODEL));
    List<String> enhanced = model.enhance(prompts, target);
    List<Enhanced> pairs = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      pairs.add(new Enhanced(prompts.get(i), enhanced.get(i)));
    }
    return new Response(model.id(), pairs);
  }

  private static List<String> prompts(@Nullable List<@Nullable String> given) {
    if (given == null || given.isEmpty() || given.size() > MAX_PROMPTS) {
      throw wrong(FieldProblem.of("prompts", "must hold 1 to " + MAX_PROMPTS + " prompts"));
    }
    FieldProblems problems = new FieldProblems();
    List<String> prompts = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String prompt = given.get(i);
      if (prompt == null || prompt.isBlank() || prompt.length() > MAX_LENGTH) {
        problems.add("prompts[" + i + "]", "must have 1 to " + MAX_LENGTH + " characters");
      } else {
        prompts.add(prompt);
      }
    }
    problems.throwIfAny(ProblemType.INVALID_REQUEST);
    return prompts;
  }

  private static StepKind target(@Nullable String target) {
    return switch (Objects.requireNonNullElse(target, "i2i")) {
      case "i2i" -> StepKind.I2I;
      case "i2v" -> StepKind.I2V;
      default ->
          throw wrong(
              FieldProblem.of("target", "is none of the accepted values", List.of("i2i", "i2v")));
    };
  }

  private TextModel model(String id) {
    TextModel model = models.get(id);
    if (model == null) {
      throw ProblemException.of(
          ProblemType.UNKNOWN_MODEL,
          FieldProblem.of("model", "names no text model", models.keySet()));
    }
    return model;
  }

  private static ProblemException wrong(FieldProblem problem) {
    return ProblemException.of(ProblemType.INVALID_REQUEST, problem);
  }
}
