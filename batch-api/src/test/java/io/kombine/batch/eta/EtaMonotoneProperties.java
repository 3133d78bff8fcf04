package io.kombine.batch.eta;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is left to do only gets less; with what is known of calls unchanged, so do estimates. */
class EtaMonotoneProperties {

  @Property(tries = 2_000)
  void anEstimateNeverGrowsWhileStepsEnd(
      @ForAll("stages") List<Remaining> stages, @ForAll("orders") List<Integer> order) {
    List<Remaining> left = new ArrayList<>(stages);
    Optional<Eta> told = Eta.of(left);
    for (int next : order) {
      if (left.isEmpty()) {
        break;
      }
      end(left, next % left.size());
      Optional<Eta> now = Eta.of(left);
      assertThat(now.map(Eta::p50Seconds).orElse(0L))
          .as("P50 of %s", left)
          .isLessThanOrEqualTo(told.orElseThrow().p50Seconds());
      assertThat(now.map(Eta::p90Seconds).orElse(0L))
          .as("P90 of %s", left)
          .isLessThanOrEqualTo(told.orElseThrow().p90Seconds());
      told = now;
    }
  }

  @Example
  void anotherStageThatComesToDecideTakesNoLonger() {
    Remaining videos = new Remaining(StepKind.I2V, 99, 1, 1, 1);

    Eta before = Eta.of(List.of(new Remaining(StepKind.I2I, 2, 1, 50, 50), videos)).orElseThrow();
    Eta after = Eta.of(List.of(new Remaining(StepKind.I2I, 1, 1, 50, 50), videos)).orElseThrow();

    assertThat(before).isEqualTo(new Eta(149, 149));
    assertThat(after).isEqualTo(before);
  }

  private static void end(List<Remaining> left, int stage) {
    Remaining of = left.get(stage);
    if (of.calls() == 1) {
      left.remove(stage);
    } else {
      left.set(
          stage,
          new Remaining(
              of.stage(),
              of.calls() - 1,
              of.places(),
              of.p50Seconds(),
              of.p90Seconds(),
              of.pace()));
    }
  }

  @Provide
  Arbitrary<List<Integer>> orders() {
    return Arbitraries.integers().between(0, 11).list().ofSize(60);
  }

  @Provide
  Arbitrary<List<Remaining>> stages() {
    Arbitrary<Pace> paces =
        Combinators.combine(
                Arbitraries.doubles().between(0.01, 20), Arbitraries.integers().between(5, 300))
            .as(Pace::new);
    return Combinators.combine(
            Arbitraries.of(StepKind.values()),
            Arbitraries.integers().between(1, 30),
            Arbitraries.doubles().between(0.1, 6),
            Arbitraries.doubles().between(0.01, 90),
            Arbitraries.doubles().between(0, 60),
            paces.injectNull(0.4))
        .as((kind, calls, places, p50, more, pace) ->
            new Remaining(kind, calls, places, p50, p50 + more, pace))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .uniqueElements(Remaining::stage);
  }
}
