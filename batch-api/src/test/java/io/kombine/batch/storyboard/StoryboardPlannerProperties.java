package io.kombine.batch.storyboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.storyboard.StoryboardPlanner.Planned;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class StoryboardPlannerProperties {

  private static final Model VOICE = model("voice", StepKind.AUDIO, List.of("en-us", "de"));
  private static final Model IMAGE = model("image", StepKind.I2I, List.of());
  private static final Model VIDEO = model("video", StepKind.I2V, List.of());
  private static final ModelCatalog CATALOG =
      new ModelCatalog("1", "USD", List.of(VOICE, IMAGE, VIDEO));
  private static final SentenceCalls CALLS =
      new SentenceCalls(VOICE, IMAGE, VIDEO, "480p", BigDecimal.ONE);
  private static final List<StepKind> ORDER = List.of(StepKind.AUDIO, StepKind.I2I, StepKind.I2V);
  private static final MadeAsset MADE = asset('a');
  private static final Asset CLEAN = Asset.of(MADE, null);
  private static final Asset DIRTY = Asset.of(null, MADE);

  private static Model model(String id, StepKind kind, List<String> voices) {
    return new Model(
        id,
        kind,
        "local",
        "local",
        1,
        4000,
        List.of("jpeg"),
        90,
        List.of(),
        List.of(),
        kind == StepKind.I2V ? List.of("480p") : List.of(),
        BigDecimal.ONE,
        BigDecimal.TEN,
        List.of(),
        List.of(Model.Price.fixed(null, null, null, BigDecimal.ONE)),
        voices,
        null);
  }

  private static MadeAsset asset(char digit) {
    return new MadeAsset(
        Ids.next(),
        new ArtifactRef(String.valueOf(digit).repeat(64), "image/jpeg", 1, 1, 1, null, null));
  }

  private static Sentence sentence(int place) {
    return sentence(place, "Sentence number " + place, "prompt " + place);
  }

  private static Sentence sentence(int place, String text, @Nullable String prompt) {
    return new Sentence(Ids.next(), place, text, prompt, "zoom_in", null, null);
  }

  private static Planned plan(
      Map<Sentence, SentenceAssets> sentences, Set<StoryboardStage> stages, boolean skipClean) {
    return StoryboardPlanner.plan(sentences, CALLS, stages, skipClean, CATALOG);
  }

  @Provide
  Arbitrary<Map<Sentence, SentenceAssets>> sentences() {
    Arbitrary<Asset> assets = Arbitraries.of(CLEAN, DIRTY, Asset.MISSING);
    return Combinators.combine(assets, assets, Arbitraries.of(true, false))
        .as((audio, image, videoMade) ->
            new SentenceAssets(
                audio,
                image,
                image.isClean() && videoMade ? CLEAN : Asset.MISSING,
                image.made() != null && videoMade))
        .list()
        .ofMaxSize(8)
        .map(list -> {
          Map<Sentence, SentenceAssets> sentences = new LinkedHashMap<>();
          for (SentenceAssets each : list) {
            sentences.put(sentence(sentences.size()), each);
          }
          return sentences;
        });
  }

  @Provide
  Arbitrary<Set<StoryboardStage>> stages() {
    return Arbitraries.of(StoryboardStage.class).set().ofMinSize(1).ofMaxSize(3);
  }

  private static long of(Plan plan, StepKind kind) {
    return plan.steps().stream().filter(step -> step.kind() == kind).count();
  }

  @Property
  void exactlyWhatIsNotCleanIsPlannedInStageOrder(
      @ForAll("sentences") Map<Sentence, SentenceAssets> sentences,
      @ForAll("stages") Set<StoryboardStage> stages) {
    Planned planned = plan(sentences, stages, true);

    assertThat(planned.jobs().audio())
        .isEqualTo(
            stages.contains(StoryboardStage.AUDIO)
                ? (int) sentences.values().stream().filter(a -> !a.audio().isClean()).count()
                : 0);
    assertThat(planned.jobs().image())
        .isEqualTo(
            stages.contains(StoryboardStage.IMAGES)
                ? (int) sentences.values().stream().filter(a -> !a.image().isClean()).count()
                : 0);
    List<StepKind> kinds = planned.plan().steps().stream().map(PlannedStep::kind).toList();
    assertThat(kinds.stream().map(ORDER::indexOf)).isSorted();
    assertThat(planned.plan().stages().kinds()).isEqualTo(kinds.stream().distinct().toList());
  }

  @Property
  void everySentenceThatHasOrWillHaveAnImageHasAVideoOfExactlyThatImage(
      @ForAll("sentences") Map<Sentence, SentenceAssets> sentences,
      @ForAll("stages") Set<StoryboardStage> stages,
      @ForAll boolean skipClean) {
    Planned planned = plan(sentences, stages, skipClean);
    List<PlannedStep> steps = planned.plan().steps();

    for (int group = 0; group < planned.sentences().size(); group++) {
      int index = group;
      SentenceAssets assets = sentences.get(planned.sentences().get(group));
      List<PlannedStep> ofGroup = steps.stream().filter(s -> s.groupIndex() == index).toList();
      List<PlannedStep> images =
          ofGroup.stream().filter(step -> step.kind() == StepKind.I2I).toList();
      List<PlannedStep> videos =
          ofGroup.stream().filter(step -> step.kind() == StepKind.I2V).toList();
      assertThat(ofGroup).isNotEmpty();
      if (!stages.contains(StoryboardStage.VIDEOS)) {
        assertThat(videos).isEmpty();
      } else if (!images.isEmpty()) {
        assertThat(videos)
            .singleElement()
            .satisfies(video -> {
              assertThat(video.parentOrdinal()).isEqualTo(images.getFirst().ordinal());
              assertThat(video.inputs())
                  .containsExactly(StepInput.ofParent(StepInput.Role.IMAGE, 0));
            });
      } else if (assets.image().made() != null) {
        assertThat(videos).hasSize(skipClean && assets.videoOfImageMade() ? 0 : 1);
        assertThat(videos)
            .allSatisfy(video -> {
              assertThat(video.parentOrdinal()).isNull();
              assertThat(video.inputs())
                  .containsExactly(StepInput.of(StepInput.Role.IMAGE, MADE.artifact()));
            });
      } else {
        assertThat(videos).isEmpty();
      }
    }
  }

  @Property
  void withoutSkippingEverythingIsMadeAnew(
      @ForAll("sentences") Map<Sentence, SentenceAssets> sentences) {
    Planned planned = plan(sentences, EnumSet.allOf(StoryboardStage.class), false);

    assertThat(planned.jobs())
        .isEqualTo(new JobCounts(sentences.size(), sentences.size(), sentences.size()));
    assertThat(of(planned.plan(), StepKind.I2V)).isEqualTo(sentences.size());
  }

  @Example
  void equalSentencesShareTheirCallsWhereCleanOnesAreSkipped() {
    Map<Sentence, SentenceAssets> twice = new LinkedHashMap<>();
    SentenceAssets none = new SentenceAssets(Asset.MISSING, Asset.MISSING, Asset.MISSING, false);
    twice.put(sentence(0, "The same.", "the same"), none);
    twice.put(sentence(1, "The same.", "the same"), none);

    assertThat(plan(twice, EnumSet.allOf(StoryboardStage.class), true).jobs())
        .isEqualTo(new JobCounts(1, 1, 1));
    assertThat(plan(twice, EnumSet.allOf(StoryboardStage.class), false).jobs())
        .isEqualTo(new JobCounts(2, 2, 2));
  }

  @Example
  void filesStandInAFolderOfTheSentencesPlaceAndFirstWords() {
    Map<Sentence, SentenceAssets> one = new LinkedHashMap<>();
    one.put(
        sentence(11, "Dusk: the keeper / climbs the stairs. He is old, and slow.", "a lighthouse"),
        new SentenceAssets(Asset.MISSING, Asset.MISSING, Asset.MISSING, false));

    assertThat(plan(one, EnumSet.allOf(StoryboardStage.class), true).plan().steps())
        .flatExtracting(PlannedStep::paths)
        .containsExactly(
            List.of("012_Dusk_the_keeper_climbs_the_stairs__He_is", "audio.wav"),
            List.of("012_Dusk_the_keeper_climbs_the_stairs__He_is", "image.jpg"),
            List.of("012_Dusk_the_keeper_climbs_the_stairs__He_is", "video.mp4"));
  }

  @Example
  void editingAFieldChangesTheKeysOfExactlyWhatDependsOnIt() {
    Sentence sentence = new Sentence(Ids.next(), 0, "text", "prompt", "zoom_in", null, null);
    ArtifactRef image = MADE.artifact();
    Sentence spoken = new Sentence(sentence.id(), 0, "other", "prompt", "zoom_in", null, null);
    Sentence voiced = new Sentence(sentence.id(), 0, "text", "prompt", "zoom_in", null, "de");
    Sentence seen = new Sentence(sentence.id(), 0, "text", "other", "zoom_in", null, null);
    Sentence moved = new Sentence(sentence.id(), 0, "text", "prompt", "pan", null, null);
    Sentence strong =
        new Sentence(sentence.id(), 0, "text", "prompt", "zoom_in", BigDecimal.ONE, null);
    Sentence placed = new Sentence(sentence.id(), 5, "text", "prompt", "zoom_in", null, null);

    assertThat(changed(sentence, spoken, image)).containsExactly("audio");
    assertThat(changed(sentence, voiced, image)).containsExactly("audio");
    assertThat(changed(sentence, seen, image)).containsExactly("image", "video");
    assertThat(changed(sentence, moved, image)).containsExactly("video");
    assertThat(changed(sentence, strong, image)).containsExactly("video");
    assertThat(changed(sentence, placed, image)).isEmpty();
    assertThat(CALLS.videoKey(sentence, image))
        .isNotEqualTo(CALLS.videoKey(sentence, asset('b').artifact()));
  }

  private static List<String> changed(Sentence before, Sentence after, ArtifactRef image) {
    List<String> changed = new java.util.ArrayList<>();
    if (!CALLS.speechKey(before).equals(CALLS.speechKey(after))) {
      changed.add("audio");
    }
    if (!java.util.Objects.equals(CALLS.imageKey(before), CALLS.imageKey(after))) {
      changed.add("image");
    }
    if (!CALLS.videoKey(before, image).equals(CALLS.videoKey(after, image))) {
      changed.add("video");
    }
    return changed;
  }
}
