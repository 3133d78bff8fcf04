package io.kombine.batch.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kombine.contracts.StepCounts;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StageOrderProperties {

  private static final List<StepKind> ORDER = List.of(StepKind.AUDIO, StepKind.I2I, StepKind.I2V);
  private static final StageOrder STAGES = new StageOrder(ORDER);

  @Provide
  Arbitrary<Map<StepKind, List<StepState>>> steps() {
    return Arbitraries.maps(
            Arbitraries.of(ORDER), Arbitraries.of(StepState.class).list().ofMaxSize(6))
        .ofMaxSize(3);
  }

  private static Map<StepKind, StepCounts> counts(Map<StepKind, List<StepState>> steps) {
    Map<StepKind, StepCounts> counts = new EnumMap<>(StepKind.class);
    steps.forEach((kind, states) -> {
      Map<StepState, Integer> counted = new EnumMap<>(StepState.class);
      states.forEach(state -> counted.merge(state, 1, Integer::sum));
      counts.put(kind, StepCounts.of(counted));
    });
    return counts;
  }

  private static boolean holdsBack(StepState state) {
    return !state.isTerminal() && state != StepState.UNKNOWN;
  }

  @Property
  void aStageIsOpenExactlyWhereNoStepOfAnEarlierOneHoldsItBack(
      @ForAll("steps") Map<StepKind, List<StepState>> steps) {
    int open = STAGES.open(counts(steps));

    for (int stage = 0; stage < ORDER.size(); stage++) {
      boolean free =
          ORDER.subList(0, stage).stream()
              .flatMap(kind -> steps.getOrDefault(kind, List.of()).stream())
              .noneMatch(StageOrderProperties::holdsBack);
      assertThat(stage < open).as("stage %d of %s", stage, steps).isEqualTo(free);
    }
  }

  @Property
  void stepsThatEndNeverCloseAStage(
      @ForAll("steps") Map<StepKind, List<StepState>> steps,
      @ForAll StepState end,
      @ForAll StepKind kind) {
    if (holdsBack(end) || !steps.containsKey(kind)) {
      return;
    }
    int before = STAGES.open(counts(steps));
    Map<StepKind, List<StepState>> ended = new EnumMap<>(StepKind.class);
    ended.putAll(steps);
    ended.put(kind, steps.get(kind).stream().map(any -> end).toList());

    assertThat(STAGES.open(counts(ended))).isGreaterThanOrEqualTo(before);
  }

  @Property
  void laterStagesSayNothingAboutEarlierOnes(
      @ForAll("steps") Map<StepKind, List<StepState>> steps) {
    Map<StepKind, List<StepState>> without = new EnumMap<>(StepKind.class);
    without.putAll(steps);
    without.remove(StepKind.I2V);

    assertThat(STAGES.open(counts(steps))).isEqualTo(STAGES.open(counts(without)));
  }

  @Example
  void withoutStepsEveryStageIsOpen() {
    assertThat(STAGES.open(Map.of())).isEqualTo(3);
    assertThat(STAGES.first(3)).containsExactlyInAnyOrderElementsOf(ORDER);
    assertThat(StageOrder.NONE.open(Map.of())).isZero();
  }

  @Example
  void onlyALaterStageIsBehindABarrier() {
    assertThat(STAGES.isBehindBarrier(StepKind.AUDIO)).isFalse();
    assertThat(STAGES.isBehindBarrier(StepKind.I2V)).isTrue();
    assertThat(STAGES.isBehindBarrier(StepKind.ANALYSIS)).isFalse();
    assertThat(StageOrder.NONE.isBehindBarrier(StepKind.I2V)).isFalse();
  }

  @Example
  void aStageComesOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StageOrder(List.of(StepKind.I2I, StepKind.I2I)));
  }
}
