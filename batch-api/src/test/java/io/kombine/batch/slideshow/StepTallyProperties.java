package io.kombine.batch.slideshow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.StepPosition;
import io.kombine.contracts.StepState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever order reports of steps come in, and however often each comes, what has ended only gets
 * more: progress never goes back unless a person retries what has failed.
 */
class StepTallyProperties {

  private record Report(int step, StepPosition position) {}

  @Property(tries = 1_000)
  void progressNeverGoesBackInAnyOrderAndRepetitionOfReports(
      @ForAll @IntRange(min = 1, max = 30) int steps, @ForAll Random random) {
    List<Report> reports = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      for (StepPosition position : life(random)) {
        Report report = new Report(step, position);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
          reports.add(reports.isEmpty() ? 0 : random.nextInt(reports.size() + 1), report);
        }
      }
    }
    StepPosition[] known = new StepPosition[steps];
    Arrays.fill(known, new StepPosition(1, StepState.WAITING));
    int ended = 0;

    for (Report report : reports) {
      known[report.step()] = known[report.step()].merge(report.position());
      StepTally tally = tally(known);
      assertThat(tally.total()).isEqualTo(steps);
      assertThat(
              tally.completed()
                  + tally.failed()
                  + tally.cancelled()
                  + tally.inProgress()
                  + tally.remaining())
          .isEqualTo(steps);
      assertThat(tally.ended()).as("after %s", report).isGreaterThanOrEqualTo(ended);
      ended = tally.ended();
    }
  }

  /** A legal history without a person who retries: up to forty moves, or its end. */
  private static List<StepPosition> life(Random random) {
    List<StepPosition> life = new ArrayList<>();
    StepPosition now = new StepPosition(1, StepState.WAITING);
    for (int moves = 0; moves < 40 && !now.state().isTerminal(); moves++) {
      StepState state = now.state();
      List<StepState> next = Arrays.stream(StepState.values()).filter(state::canBecome).toList();
      StepState chosen = next.get(random.nextInt(next.size()));
      now =
          new StepPosition(state.takesNextEpochFor(chosen) ? now.epoch() + 1 : now.epoch(), chosen);
      life.add(now);
    }
    return life;
  }

  private static StepTally tally(StepPosition[] known) {
    StepTally tally = new StepTally();
    for (StepPosition position : known) {
      tally.add(position.state(), 1);
    }
    return tally;
  }
}
