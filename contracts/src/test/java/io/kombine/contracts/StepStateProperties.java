package io.kombine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class StepStateProperties {

  @Property
  void everyInterleavingAndDuplicationOfReportsEndsTheSame(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 10) Integer> states,
      @ForAll @IntRange(min = 1, max = 4) int epochs,
      @ForAll long seed) {
    List<StepPosition> reports = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      reports.add(new StepPosition(1 + i % epochs, StepState.values()[states.get(i)]));
    }
    StepPosition inOrder = reports.stream().reduce(StepPosition::merge).orElseThrow();

    List<StepPosition> shuffled = new ArrayList<>(reports);
    shuffled.addAll(reports);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(shuffled.stream().reduce(StepPosition::merge)).contains(inOrder);
  }

  @Property
  void walkOfLegalTransitionsIsWhatAReaderOfItsShuffledReportsEndsWith(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 10) Integer> wishes,
      @ForAll long seed) {
    StepPosition at = new StepPosition(1, StepState.WAITING);
    List<StepPosition> reports = new ArrayList<>(List.of(at));
    for (int wish : wishes) {
      StepState next = StepState.values()[wish];
      if (at.state().canBecome(next)) {
        at = new StepPosition(at.epoch() + (at.state().takesNextEpochFor(next) ? 1 : 0), next);
        reports.add(at);
      }
    }
    Collections.shuffle(reports, new Random(seed));

    assertThat(reports.stream().reduce(StepPosition::merge)).contains(at);
  }

  @Property
  void endsAreLeftOnlyByTakingTheNextEpoch(@ForAll StepState from, @ForAll StepState to) {
    if (from.isTerminal() && from.canBecome(to)) {
      assertThat(from.takesNextEpochFor(to)).isTrue();
    }
  }

  @Example
  void successIsFinal() {
    for (StepState next : StepState.values()) {
      assertThat(StepState.SUCCEEDED.canBecome(next)).isFalse();
    }
  }

  @Example
  void ranksAreAllDifferent() {
    assertThat(java.util.Arrays.stream(StepState.values()).map(StepState::rank))
        .doesNotHaveDuplicates();
  }
}
