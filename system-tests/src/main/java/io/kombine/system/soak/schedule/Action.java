package io.kombine.system.soak.schedule;

import io.kombine.system.simulator.fault.FaultRule;
import java.time.Duration;

/** One thing that the driver does. */
public sealed interface Action {

  /** When, from the run's beginning. */
  Duration at();

  /** Submits a batch. */
  record Submit(Duration at, int number, BatchShape shape) implements Action {}

  /**
   * Kills a process as {@code kill -9} does.
   *
   * @param down until it is started again
   */
  record Kill(Duration at, String process, Duration down) implements Action {}

  /** Stops a process in its tracks for a while. */
  record Pause(Duration at, String process, Duration length) implements Action {}

  /** Scripts a fault of a provider. */
  record Fault(Duration at, FaultRule rule) implements Action {}
}
