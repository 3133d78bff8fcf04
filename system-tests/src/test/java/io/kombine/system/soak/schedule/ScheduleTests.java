package io.kombine.system.soak.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ScheduleTests {

  private static final List<String> PROCESSES =
      List.of("postgres", "kafka", "gateway-1", "batch-api", "i2i-worker-1", "drive-uploader");
  private static final List<String> PAUSABLE = PROCESSES.subList(1, PROCESSES.size());
  private static final Extent EXTENT =
      new Extent(Duration.ofSeconds(60), 12, 2, 6, Duration.ofSeconds(6));

  private static Schedule schedule(long seed) {
    return Schedule.of(seed, EXTENT, PROCESSES, PAUSABLE);
  }

  @Property
  void sameSeedHasTheSameActions(@ForAll long seed) {
    assertThat(schedule(seed)).isEqualTo(schedule(seed));
  }

  @Property
  void everyProcessIsKilledAsOftenAsAnyOther(@ForAll long seed) {
    List<String> killed =
        schedule(seed).actions().stream()
            .filter(Action.Kill.class::isInstance)
            .map(action -> ((Action.Kill) action).process())
            .toList();

    assertThat(killed).hasSize(12);
    assertThat(PROCESSES)
        .allSatisfy(process -> assertThat(killed).filteredOn(process::equals).hasSize(2));
  }

  @Property
  void actionsComeInTheirOrderWithinTheTime(@ForAll long seed) {
    List<Duration> times = schedule(seed).actions().stream().map(Action::at).toList();

    assertThat(times)
        .isSorted()
        .allSatisfy(at -> assertThat(at).isBetween(Duration.ZERO, EXTENT.active()));
  }

  @Property
  void pausesOutlastLeasesAndSessions(@ForAll long seed) {
    assertThat(schedule(seed).actions())
        .filteredOn(Action.Pause.class::isInstance)
        .hasSize(2)
        .allSatisfy(action -> {
          Action.Pause pause = (Action.Pause) action;
          assertThat(pause.length()).isGreaterThan(EXTENT.longerThan());
          assertThat(PAUSABLE).contains(pause.process());
        });
  }

  @Property
  void theLastBatchAsksForTheSameAsTheOneBeforeIt(@ForAll long seed) {
    List<BatchShape> shapes =
        schedule(seed).actions().stream()
            .filter(Action.Submit.class::isInstance)
            .map(action -> ((Action.Submit) action).shape())
            .toList();

    assertThat(shapes)
        .hasSize(6)
        .allSatisfy(shape ->
            assertThat(shape.approval())
                .isIn(false, shape.imagePrompts() * shape.videoPrompts() > 0));
    assertThat(shapes.getLast().reuse()).isTrue();
    assertThat(shapes.getLast().steps()).isEqualTo(shapes.get(4).steps()).isPositive();
  }
}
