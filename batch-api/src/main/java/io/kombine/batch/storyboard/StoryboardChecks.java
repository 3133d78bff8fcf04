package io.kombine.batch.storyboard;

import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.contracts.StepKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says all that is wrong with what clients write into projects, and with what they ask to make. */
final class StoryboardChecks {

  static final int MAX_NAME = 200;
  static final int MAX_TEXT = 4_000;
  static final int MAX_MOVEMENT = 100;
  static final int MAX_VOICE = 50;

  private static final BigDecimal USUAL_SECONDS = BigDecimal.valueOf(5);
  private static final int MOST_DECIMALS = 3;

  private final ModelCatalog catalog;
  private final FieldProblems invalid = new FieldProblems();

  private StoryboardChecks(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  /** What a project is set to, checked. */
  record Settings(
      String name,
      String audioModel,
      String imageModel,
      String videoModel,
      String resolution,
      BigDecimal durationSec) {}

  /**
   * The settings that a draft asks for.
   *
   * @param now what stays where the draft says nothing; absent for a new project
   * @throws ProblemException naming every wrong field
   */
  static Settings settings(ProjectDraft draft, @Nullable Project now, ModelCatalog catalog) {
    return new StoryboardChecks(catalog).settings(draft, now);
  }

  /**
   * A draft's sentences, each with the field it stands in.
   *
   * @throws ProblemException naming every wrong field
   */
  static List<SentenceDraft> sentences(
      @Nullable List<@Nullable SentenceDraft> drafts, ModelCatalog catalog) {
    return new StoryboardChecks(catalog).sentences(drafts);
  }

  /**
   * @throws ProblemException naming every wrong field
   */
  static SentenceDraft sentence(@Nullable SentenceDraft draft, ModelCatalog catalog) {
    StoryboardChecks checks = new StoryboardChecks(catalog);
    SentenceDraft checked = checks.sentence("", draft);
    checks.invalid.throwIfAny(ProblemType.INVALID_REQUEST);
    return checked;
  }

  /**
   * @param names as they came; absent for all
   * @throws ProblemException naming the field
   */
  static Set<StoryboardStage> stages(@Nullable List<@Nullable String> names) {
    if (names == null) {
      return EnumSet.allOf(StoryboardStage.class);
    }
    List<String> accepted =
        Stream.of(StoryboardStage.values()).map(StoryboardStage::wireName).toList();
    FieldProblems invalid = new FieldProblems();
    Set<StoryboardStage> stages = EnumSet.noneOf(StoryboardStage.class);
    if (names.isEmpty() || names.size() > accepted.size()) {
      invalid.add("stages", "must hold 1 to " + accepted.size() + " stages", accepted);
      invalid.throwIfAny(ProblemType.INVALID_REQUEST);
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name == null || !accepted.contains(name)) {
        invalid.add("stages[" + i + "]", "is none of the accepted values", accepted);
      } else if (!stages.add(StoryboardStage.of(name))) {
        invalid.add("stages[" + i + "]", "is there twice");
      }
    }
    invalid.throwIfAny(ProblemType.INVALID_REQUEST);
    return stages;
  }

  /**
   * The models of a project, of which those of the stages can be used, and sentences that these can
   * make what is asked for of.
   *
   * @throws ProblemException naming every sentence that lacks something, or asks for what its model
   *     cannot do
   */
  static SentenceCalls calls(
      Project project,
      List<Sentence> sentences,
      Set<StoryboardStage> stages,
      ModelCatalog catalog) {
    StoryboardChecks checks = new StoryboardChecks(catalog);
    checks.incomplete(sentences, stages);
    if (stages.contains(StoryboardStage.AUDIO)) {
      catalog.usable(StepKind.AUDIO, project.audioModel(), "audioModel");
    }
    if (stages.contains(StoryboardStage.IMAGES)) {
      catalog.usable(StepKind.I2I, project.imageModel(), "imageModel");
    }
    if (stages.contains(StoryboardStage.VIDEOS)) {
      catalog.usable(StepKind.I2V, project.videoModel(), "videoModel");
    }
    SentenceCalls calls = calls(project, catalog);
    checks.unable(calls, sentences, stages);
    return calls;
  }

  /**
   * The models of a project, whether they can be used now or not.
   *
   * @throws ProblemException where the catalog does not have one of them any more
   */
  static SentenceCalls calls(Project project, ModelCatalog catalog) {
    StoryboardChecks checks = new StoryboardChecks(catalog);
    return new SentenceCalls(
        checks.model(StepKind.AUDIO, "audioModel", project.audioModel()),
        checks.model(StepKind.I2I, "imageModel", project.imageModel()),
        checks.model(StepKind.I2V, "videoModel", project.videoModel()),
        project.resolution(),
        project.durationSec());
  }

  private Settings settings(ProjectDraft draft, @Nullable Project now) {
    String name =
        text("name", draft.name() == null && now != null ? now.name() : draft.name(), MAX_NAME);
    invalid.throwIfAny(ProblemType.INVALID_REQUEST);
    Model audio =
        model(
            StepKind.AUDIO,
            "audioModel",
            first(draft.audioModel(), now == null ? null : now.audioModel(), "local-voice"));
    Model image =
        model(
            StepKind.I2I,
            "imageModel",
            first(draft.imageModel(), now == null ? null : now.imageModel(), "local-image"));
    Model video =
        model(
            StepKind.I2V,
            "videoModel",
            first(draft.videoModel(), now == null ? null : now.videoModel(), "local-video"));
    Project same = now != null && now.videoModel().equals(video.id()) ? now : null;
    String resolution =
        first(
            draft.resolution(),
            same == null ? null : same.resolution(),
            video.resolutions().getFirst());
    BigDecimal seconds =
        seconds(draft.durationSec(), same == null ? null : same.durationSec(), video);
    FieldProblems unable = new FieldProblems();
    if (!video.resolutions().contains(resolution)) {
      unable.add("resolution", "is not offered by " + video.id(), video.resolutions());
    }
    if (!video.canLast(seconds)) {
      unable.add(
          "durationSec",
          "must be from %s to %s for %s"
              .formatted(
                  video.minSeconds().toPlainString(),
                  video.maxSeconds().toPlainString(),
                  video.id()));
    }
    unable.throwIfAny(ProblemType.UNSUPPORTED_BY_MODEL);
    return new Settings(name.strip(), audio.id(), image.id(), video.id(), resolution, seconds);
  }

  private BigDecimal seconds(@Nullable BigDecimal asked, @Nullable BigDecimal now, Model video) {
    if (asked != null) {
      BigDecimal checked = number("durationSec", asked);
      invalid.throwIfAny(ProblemType.INVALID_REQUEST);
      return checked;
    }
    if (now != null) {
      return now;
    }
    if (video.canLast(USUAL_SECONDS)) {
      return USUAL_SECONDS;
    }
    return video.fixedSeconds().isEmpty() ? video.minSeconds() : video.fixedSeconds().getFirst();
  }

  private List<SentenceDraft> sentences(@Nullable List<@Nullable SentenceDraft> drafts) {
    if (drafts == null) {
      return List.of();
    }
    if (drafts.size() > Project.MAX_SENTENCES) {
      invalid.add(
          "sentences",
          "must hold at most %d sentences, not %d".formatted(Project.MAX_SENTENCES, drafts.size()));
      invalid.throwIfAny(ProblemType.INVALID_REQUEST);
    }
    List<SentenceDraft> checked = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      checked.add(sentence("sentences[" + i + "].", drafts.get(i)));
    }
    invalid.throwIfAny(ProblemType.INVALID_REQUEST);
    return checked;
  }

  private SentenceDraft sentence(String path, @Nullable SentenceDraft draft) {
    SentenceDraft given =
        draft == null ? new SentenceDraft(null, null, null, null, null, null) : draft;
    BigDecimal strength =
        given.motionStrength() == null
            ? null
            : number(path + "motionStrength", given.motionStrength());
    if (strength != null && (strength.signum() < 0 || strength.compareTo(BigDecimal.ONE) > 0)) {
      invalid.add(path + "motionStrength", "must be from 0 to 1");
    }
    if (given.position() != null
        && (given.position() < 1 || given.position() > Project.MAX_SENTENCES)) {
      invalid.add(path + "position", "must be from 1 to " + Project.MAX_SENTENCES);
    }
    return new SentenceDraft(
        text(path + "text", given.text(), MAX_TEXT).strip(),
        optional(path + "imagePrompt", given.imagePrompt(), MAX_TEXT),
        optional(path + "cameraMovement", given.cameraMovement(), MAX_MOVEMENT),
        strength,
        optional(path + "voice", given.voice(), MAX_VOICE),
        given.position());
  }

  private void incomplete(List<Sentence> sentences, Set<StoryboardStage> stages) {
    FieldProblems incomplete = new FieldProblems();
    if (sentences.isEmpty()) {
      incomplete.add("sentences", "the project has none yet");
    }
    if (stages.contains(StoryboardStage.IMAGES)) {
      for (Sentence sentence : sentences) {
        if (sentence.imagePrompt() == null) {
          incomplete.add(
              field(sentence, "imagePrompt"),
              "sentence %d (%s) has no image prompt"
                  .formatted(sentence.place() + 1, sentence.id()));
        }
      }
    }
    incomplete.throwIfAny(ProblemType.STORYBOARD_INCOMPLETE);
  }

  private void unable(SentenceCalls calls, List<Sentence> sentences, Set<StoryboardStage> stages) {
    FieldProblems unable = new FieldProblems();
    for (Sentence sentence : sentences) {
      if (stages.contains(StoryboardStage.AUDIO)) {
        tooLong(unable, field(sentence, "text"), sentence.text(), calls.audio());
        String voice = sentence.voice();
        if (voice != null && !calls.audio().voices().contains(voice)) {
          unable.add(
              field(sentence, "voice"),
              "is not offered by " + calls.audio().id(),
              calls.audio().voices());
        }
      }
      String prompt = sentence.imagePrompt();
      if (prompt != null && stages.contains(StoryboardStage.IMAGES)) {
        tooLong(unable, field(sentence, "imagePrompt"), prompt, calls.image());
      }
      if (prompt != null && stages.contains(StoryboardStage.VIDEOS)) {
        tooLong(unable, field(sentence, "imagePrompt"), prompt, calls.video());
      }
    }
    unable.throwIfAny(ProblemType.UNSUPPORTED_BY_MODEL);
  }

  private static void tooLong(FieldProblems unable, String field, String text, Model model) {
    if (text.length() > model.maxPromptLength()) {
      unable.add(
          field, "must have at most " + model.maxPromptLength() + " characters for " + model.id());
    }
  }

  private static String field(Sentence sentence, String name) {
    return "sentences[" + sentence.place() + "]." + name;
  }

  private Model model(StepKind kind, String field, String id) {
    return catalog
        .find(kind, id)
        .orElseThrow(() ->
            ProblemException.of(
                ProblemType.UNKNOWN_MODEL,
                FieldProblem.of(
                    field, "names no model of kind " + kind.wireName(), catalog.ids(kind))));
  }

  private static String first(@Nullable String asked, @Nullable String now, String usual) {
    return Objects.requireNonNullElse(asked, Objects.requireNonNullElse(now, usual));
  }

  private BigDecimal number(String field, BigDecimal value) {
    // why the bounds on digits: 1e999999999 is a number too, and writing it out is not harmless
    if (value.precision() > 20
        || Math.abs(value.scale()) > 12
        || value.stripTrailingZeros().scale() > MOST_DECIMALS) {
      invalid.add(field, "must have at most " + MOST_DECIMALS + " decimals");
      return BigDecimal.ONE;
    }
    // why one way to write it: equal numbers have to make equal content keys
    return new BigDecimal(value.stripTrailingZeros().toPlainString());
  }

  private @Nullable String optional(String field, @Nullable String value, int maxLength) {
    return value == null || value.isBlank() ? null : text(field, value, maxLength).strip();
  }

  private String text(String field, @Nullable String value, int maxLength) {
    if (value == null || value.isBlank()) {
      invalid.add(field, "is required and must not be blank");
      return "";
    }
    if (value.length() > maxLength) {
      invalid.add(field, "must have at most " + maxLength + " characters");
    } else if (value
        .codePoints()
        .anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
      invalid.add(field, "must not hold NUL or half of a surrogate pair");
    }
    return value;
  }
}
