package io.kombine.system.soak.schedule;

import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What a seed comes to: the same seed, processes and extent always give the same actions. What the
 * system makes of them depends on the machine, too.
 *
 * @param actions by their time
 */
public record Schedule(long seed, List<Action> actions) {

  private static final double TOGETHER = 0.15;
  private static final Duration LEAD = Duration.ofSeconds(3);

  public Schedule {
    actions = List.copyOf(actions);
  }

  /**
   * Makes one.
   *
   * @param processes that may be killed
   * @param pausable those that may be paused
   */
  public static Schedule of(
      long seed, Extent extent, List<String> processes, List<String> pausable) {
    RandomGenerator random = new Random(seed);
    List<Action> actions = new ArrayList<>();
    submits(random, extent, actions);
    kills(random, extent, processes, actions);
    pauses(random, extent, pausable, actions);
    faults(random, extent, actions);
    actions.sort(Comparator.comparing(Action::at));
    return new Schedule(seed, actions);
  }

  /** How many processes it kills. */
  public long kills() {
    return actions.stream().filter(Action.Kill.class::isInstance).count();
  }

  /** Work comes from the beginning on, the last of it at three quarters of the time. */
  private static void submits(RandomGenerator random, Extent extent, List<Action> actions) {
    long span = extent.active().toMillis() * 3 / 4;
    BatchShape last = null;
    for (int i = 0; i < extent.batches(); i++) {
      Duration at = Duration.ofMillis(span * i / extent.batches());
      BatchShape shape = shape(random);
      if (last != null && i == extent.batches() - 1) {
        shape =
            new BatchShape(
                last.sources(),
                last.imagePrompts(),
                last.imagesPerPrompt(),
                last.videoPrompts(),
                false,
                true);
      }
      actions.add(new Action.Submit(at, i, shape));
      last = shape;
    }
  }

  private static BatchShape shape(RandomGenerator random) {
    boolean straight = random.nextInt(6) == 0;
    boolean imagesOnly = !straight && random.nextInt(5) == 0;
    return new BatchShape(
        random.nextInt(1, 4),
        straight ? 0 : random.nextInt(1, 4),
        random.nextInt(4) == 0 ? 2 : 1,
        imagesOnly ? 0 : random.nextInt(1, 3),
        !straight && !imagesOnly && random.nextInt(4) == 0,
        false);
  }

  /** Every process has its turn before one is killed again; some kills hit two at once. */
  private static void kills(
      RandomGenerator random, Extent extent, List<String> processes, List<Action> actions) {
    List<String> turns = new ArrayList<>();
    long gap = (extent.active().toMillis() - LEAD.toMillis()) / Math.max(1, extent.kills());
    Duration at = LEAD;
    for (int i = 0; i < extent.kills(); i++) {
      if (turns.isEmpty()) {
        turns.addAll(processes);
        Collections.shuffle(turns, random);
      }
      if (i == 0 || random.nextDouble() >= TOGETHER) {
        at = LEAD.plusMillis(gap * i + random.nextLong(Math.max(1, gap)));
      }
      Duration down = Duration.ofMillis(random.nextLong(100, 3_000));
      actions.add(new Action.Kill(at, turns.removeLast(), down));
    }
  }

  private static void pauses(
      RandomGenerator random, Extent extent, List<String> pausable, List<Action> actions) {
    long span = extent.active().minus(LEAD).toMillis();
    for (int i = 0; i < extent.pauses(); i++) {
      actions.add(
          new Action.Pause(
              LEAD.plusMillis(random.nextLong(Math.max(1, span))),
              pausable.get(random.nextInt(pausable.size())),
              extent.longerThan().plusMillis(random.nextLong(500, 4_000))));
    }
  }

  /**
   * Calls that are lost before or after the provider took them, that it fails, or that take long.
   *
   * <p>why no answer that is paid and cannot be read: the system pays for such a step again by
   * itself, as its documents say.
   */
  private static void faults(RandomGenerator random, Extent extent, List<Action> actions) {
    List<FaultRule> kinds = new ArrayList<>();
    for (var paid : List.of(edits(), tasks())) {
      kinds.add(paid.apply(FaultKind.DROP_AFTER));
      kinds.add(paid.apply(FaultKind.DROP_BEFORE));
      kinds.add(paid.apply(FaultKind.SERVER_ERROR).status(500));
      kinds.add(paid.apply(FaultKind.SERVER_ERROR).status(503));
      kinds.add(paid.apply(FaultKind.DELAY).millis(1_500));
      kinds.add(paid.apply(FaultKind.LATENCY).millis(2_000));
    }
    kinds.add(tasks().apply(FaultKind.TASK_FAILURE));
    int faults = Math.toIntExact(extent.active().toSeconds() / 10);
    for (int i = 0; i < faults; i++) {
      FaultRule rule =
          kinds.get(random.nextInt(kinds.size())).times(random.nextInt(1, 3)).forMillis(20_000);
      actions.add(
          new Action.Fault(
              Duration.ofMillis(random.nextLong(Math.max(1, extent.active().toMillis()))), rule));
    }
  }

  private static Function<FaultKind, FaultRule> edits() {
    return kind -> FaultRule.of(Vendor.OPENAI, kind).on("images.edit");
  }

  private static Function<FaultKind, FaultRule> tasks() {
    return kind -> FaultRule.of(Vendor.KLING, kind).on("create");
  }
}
