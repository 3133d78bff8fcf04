package io.kombine.batch.storyboard;

import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedGroup;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.plan.StageOrder;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.storyboard.SentenceCalls.Call;
import io.kombine.batch.tree.SafeNames;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepInput.Role;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepPrice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans a generation: stage by stage, and in each in the order of the sentences. A video is the
 * child of its image where that is planned too, and a root with the image that is there otherwise;
 * a sentence that neither has an image nor will have one gets no video. Pure: the same sentences,
 * assets and catalog give the same plan. Made for one plan; not thread-safe.
 */
final class StoryboardPlanner {

  private static final int MAX_WORDS = 40;

  /**
   * A plan with what it is made for.
   *
   * @param sentences of its groups, by their index
   * @param paid the steps that really call: of equal ones that share their outputs, the first
   */
  record Planned(Plan plan, List<Sentence> sentences, List<PlannedStep> paid) {

    JobCounts jobs() {
      return new JobCounts(count(StepKind.AUDIO), count(StepKind.I2I), count(StepKind.I2V));
    }

    private int count(StepKind kind) {
      return (int) paid.stream().filter(step -> step.kind() == kind).count();
    }
  }

  private final SentenceCalls calls;
  private final Set<StoryboardStage> stages;
  private final boolean skipClean;
  private final ModelCatalog catalog;
  private final List<PlannedStep> steps = new ArrayList<>();
  private final List<PlannedGroup> groups = new ArrayList<>();
  private final Map<Sentence, Integer> groupOf = new LinkedHashMap<>();
  private final Map<Sentence, Integer> imageOf = new HashMap<>();

  private StoryboardPlanner(
      SentenceCalls calls, Set<StoryboardStage> stages, boolean skipClean, ModelCatalog catalog) {
    this.calls = calls;
    this.stages = Set.copyOf(stages);
    this.skipClean = skipClean;
    this.catalog = catalog;
  }

  /**
   * @param sentences in their order with their assets; where images are made each has its prompt
   */
  static Planned plan(
      Map<Sentence, SentenceAssets> sentences,
      SentenceCalls calls,
      Set<StoryboardStage> stages,
      boolean skipClean,
      ModelCatalog catalog) {
    return new StoryboardPlanner(calls, stages, skipClean, catalog).plan(sentences);
  }

  private Planned plan(Map<Sentence, SentenceAssets> sentences) {
    sentences.forEach(this::number);
    if (stages.contains(StoryboardStage.AUDIO)) {
      sentences.forEach(this::speech);
    }
    if (stages.contains(StoryboardStage.IMAGES)) {
      sentences.forEach(this::image);
    }
    if (stages.contains(StoryboardStage.VIDEOS)) {
      sentences.forEach(this::video);
    }
    List<StepKind> kinds = steps.stream().map(PlannedStep::kind).distinct().toList();
    return new Planned(
        new Plan(BatchKind.STORYBOARD, groups, steps, new StageOrder(kinds)),
        List.copyOf(groupOf.keySet()),
        paid());
  }

  private void number(Sentence sentence, SentenceAssets assets) {
    if (makesSpeech(assets) || makesImage(assets) || makesVideo(assets)) {
      groupOf.put(sentence, groups.size());
      groups.add(new PlannedGroup(groups.size(), folder(sentence), null, null));
    }
  }

  private boolean makesSpeech(SentenceAssets assets) {
    return stages.contains(StoryboardStage.AUDIO) && !(skipClean && assets.audio().isClean());
  }

  private boolean makesImage(SentenceAssets assets) {
    return stages.contains(StoryboardStage.IMAGES) && !(skipClean && assets.image().isClean());
  }

  private boolean makesVideo(SentenceAssets assets) {
    return stages.contains(StoryboardStage.VIDEOS)
        && (makesImage(assets)
            || (assets.image().made() != null && !(skipClean && assets.videoOfImageMade())));
  }

  private void speech(Sentence sentence, SentenceAssets assets) {
    if (makesSpeech(assets)) {
      Call call = calls.speech(sentence);
      StepPrice price = catalog.priceOfSpeech(call.model(), call.parameters(), call.prompt());
      add(sentence, StepKind.AUDIO, null, call, List.of(), price, "audio.wav");
    }
  }

  private void image(Sentence sentence, SentenceAssets assets) {
    String prompt = sentence.imagePrompt();
    if (makesImage(assets) && prompt != null) {
      Call call = calls.image(prompt);
      imageOf.put(sentence, steps.size());
      boolean png = "png".equals(call.parameters().outputFormat());
      StepPrice price = catalog.price(call.model(), call.parameters(), 1);
      add(sentence, StepKind.I2I, null, call, List.of(), price, png ? "image.png" : "image.jpg");
    }
  }

  private void video(Sentence sentence, SentenceAssets assets) {
    if (!makesVideo(assets)) {
      return;
    }
    Call call = calls.video(sentence);
    StepPrice price = catalog.price(call.model(), call.parameters(), 1);
    Integer parent = imageOf.get(sentence);
    MadeAsset image = assets.image().made();
    if (parent != null) {
      List<StepInput> made = List.of(StepInput.ofParent(Role.IMAGE, 0));
      add(sentence, StepKind.I2V, parent, call, made, price, "video.mp4");
    } else if (image != null) {
      List<StepInput> there = List.of(StepInput.of(Role.IMAGE, image.artifact()));
      add(sentence, StepKind.I2V, null, call, there, price, "video.mp4");
    }
  }

  private void add(
      Sentence sentence,
      StepKind kind,
      @Nullable Integer parent,
      Call call,
      List<StepInput> inputs,
      StepPrice price,
      String file) {
    int group = groupOf.getOrDefault(sentence, 0);
    steps.add(
        new PlannedStep(
            steps.size(),
            group,
            kind,
            parent,
            call.model().account(),
            call.model().provider(),
            call.model().id(),
            call.prompt(),
            sentence.place(),
            0,
            call.parameters(),
            inputs,
            1,
            price,
            null,
            List.of(List.of(groups.get(group).label(), file)),
            false));
  }

  private List<PlannedStep> paid() {
    Set<Object> seen = new HashSet<>();
    Map<Integer, Object> calledAs = new HashMap<>();
    List<PlannedStep> paid = new ArrayList<>();
    for (PlannedStep step : steps) {
      Object call = skipClean ? identity(step, calledAs) : step.ordinal();
      calledAs.put(step.ordinal(), call);
      if (seen.add(call)) {
        paid.add(step);
      }
    }
    return paid;
  }

  /** Equal for steps that will have the same content key. */
  private static Object identity(PlannedStep step, Map<Integer, Object> calledAs) {
    Integer parent = step.parentOrdinal();
    return List.of(
        step.model(),
        step.prompt(),
        step.parameters(),
        step.inputs(),
        parent == null ? "" : calledAs.getOrDefault(parent, parent));
  }

  /** {@code 001_<the first words>}, by the sentence's place from 1. */
  private static String folder(Sentence sentence) {
    String words =
        SafeNames.of(sentence.text(), "sentence", MAX_WORDS).replace('.', '_').replace(' ', '_');
    return String.format(Locale.ROOT, "%03d_%s", sentence.place() + 1, words);
  }
}
