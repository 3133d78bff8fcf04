package io.kombine.batch.scenes;

import io.kombine.batch.pricing.Model;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.problem.Texts;
import io.kombine.batch.scenes.ScenesRequest.Item;
import io.kombine.batch.scenes.ScenesRequest.RunMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a {@link ScenesRequest}, or says all that is wrong with them. */
final class SceneChecks {

  static final int MAX_ITEMS = 10;
  static final int MAX_VARIANTS = 3;
  static final int MAX_REFERENCES = 4;
  static final int MAX_SCENE_ID = 100;
  static final int MAX_PROMPT = 32_000;
  private static final int MAX_URL = 2_048;
  private static final List<String> VARIANTS = List.of("1", "2", "3");

  private final FieldProblems invalid = new FieldProblems();
  private final Set<String> seen = new HashSet<>();

  private SceneChecks() {}

  /**
   * @throws ProblemException naming every wrong field
   */
  static List<Scene> images(ScenesRequest request, Model model) {
    SceneChecks checks = new SceneChecks();
    if (request.runMode() == null) {
      checks.invalid.add("runMode", "is required", List.of("dry_run", "live"));
    }
    List<Scene> scenes = new ArrayList<>();
    for (Item item : checks.items(request)) {
      scenes.add(checks.scene(item, "items[" + scenes.size() + "]"));
    }
    checks.invalid.throwIfAny(ProblemType.INVALID_REQUEST);
    List<String> prompts = scenes.stream().map(Scene::prompt).toList();
    checkLength(prompts, model);
    return scenes;
  }

  /**
   * @throws ProblemException naming every wrong field, or both numbers where the count is wrong
   */
  static List<Clip> videos(ScenesRequest request, Model model) {
    SceneChecks checks = new SceneChecks();
    if (request.runMode() != RunMode.LIVE) {
      checks.invalid.add("runMode", "must be live: videos have no dry run", List.of("live"));
    }
    List<Clip> clips = new ArrayList<>();
    for (Item item : checks.items(request)) {
      clips.add(checks.clip(item, "items[" + clips.size() + "]"));
    }
    Integer count = request.confirmCount();
    if (count == null) {
      checks.invalid.add("confirmCount", "is required");
    }
    checks.invalid.throwIfAny(ProblemType.INVALID_REQUEST);
    checkLength(
        clips.stream().map(clip -> clip.prompt() == null ? "" : clip.prompt()).toList(), model);
    if (count != null && count != clips.size()) {
      throw new ProblemException(
          ProblemType.CONFIRM_COUNT_DIFFERS,
          "confirmCount: is %d, but the request makes %d clips.".formatted(count, clips.size()),
          List.of(
              FieldProblem.of(
                  "confirmCount",
                  "must be the number of clips",
                  List.of(Integer.toString(clips.size())))),
          Map.of("confirm_count", count, "clips", clips.size()));
    }
    return clips;
  }

  private List<Item> items(ScenesRequest request) {
    List<@Nullable Item> given = request.items();
    if (given == null) {
      invalid.add("items", "is required");
      return List.of();
    }
    if (given.isEmpty() || given.size() > MAX_ITEMS) {
      invalid.add("items", "must hold 1 to " + MAX_ITEMS + " elements, not " + given.size());
      return List.of();
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Item item = given.get(i);
      if (item == null) {
        invalid.add("items[" + i + "]", "is required");
      }
      items.add(item == null ? new Item("?" + i, "?", 1, null, null) : item);
    }
    return items;
  }

  private Scene scene(Item item, String at) {
    Integer variants = item.variants();
    if (variants == null || variants < 1 || variants > MAX_VARIANTS) {
      invalid.add(
          at + ".variants",
          variants == null ? "is required" : "must be from 1 to " + MAX_VARIANTS,
          VARIANTS);
    }
    return new Scene(
        sceneId(item, at),
        Texts.required(invalid, at + ".prompt", item.prompt(), MAX_PROMPT).strip(),
        variants == null ? 1 : variants,
        references(item.referenceImages(), at + ".reference_images"));
  }

  private Clip clip(Item item, String at) {
    String prompt = Texts.optional(invalid, at + ".prompt", item.prompt(), MAX_PROMPT).strip();
    return new Clip(sceneId(item, at), prompt.isEmpty() ? null : prompt, item.jobId());
  }

  private String sceneId(Item item, String at) {
    String field = at + ".scene_id";
    String id = Texts.required(invalid, field, item.sceneId(), MAX_SCENE_ID).strip();
    if (id.chars().anyMatch(c -> c == '|' || Character.isISOControl(c))) {
      invalid.add(field, "must not hold a vertical bar or control characters");
    } else if (!id.isEmpty() && !seen.add(id)) {
      invalid.add(field, "names a scene that an earlier row has");
    }
    return id;
  }

  private List<String> references(@Nullable List<@Nullable String> given, String field) {
    List<String> urls = new ArrayList<>();
    if (given == null) {
      return urls;
    }
    if (given.size() > MAX_REFERENCES) {
      invalid.add(field, "must hold at most " + MAX_REFERENCES + " elements, not " + given.size());
      return urls;
    }
    for (String url : given) {
      urls.add(Texts.required(invalid, field + "[" + urls.size() + "]", url, MAX_URL).strip());
    }
    return urls;
  }

  private static void checkLength(List<String> prompts, Model model) {
    FieldProblems unable = new FieldProblems();
    for (int i = 0; i < prompts.size(); i++) {
      if (prompts.get(i).length() > model.maxPromptLength()) {
        unable.add(
            "items[" + i + "].prompt",
            "must have at most %d characters for %s"
                .formatted(model.maxPromptLength(), model.id()));
      }
    }
    unable.throwIfAny(ProblemType.UNSUPPORTED_BY_MODEL);
  }
}
