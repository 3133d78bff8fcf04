package io.kombine.system.soak.drive;

import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.SimulatorSettings;
import io.kombine.system.simulator.VendorSettings;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.WorkTimes;
import io.kombine.system.simulator.limit.LimitSettings;
import java.time.Duration;
import java.util.List;

/**
 * What one provider allows, and what the stage that calls it may do; the system is configured with
 * the same figures.
 *
 * @param account its account's name, in the workers too
 * @param cap of the stage
 * @param requests calls in a window
 * @param concurrency calls at once; more than the cap, since a killed worker's calls count on until
 *     their hard timeout
 * @param work how long a call takes
 */
record Bounds(
    Vendor vendor, String account, int cap, int requests, int concurrency, WorkTimes.Range work) {

  /** Of every rate limit. */
  static final Duration WINDOW = Duration.ofSeconds(10);

  /** By which workers lengthen the window, for the way of a call on a busy machine. */
  static final Duration MARGIN = Duration.ofSeconds(2);

  /** OpenAI's images, synchronous. */
  static final Bounds IMAGES =
      new Bounds(Vendor.OPENAI, "openai", 4, 14, 8, new WorkTimes.Range(300, 1_500));

  /** Kling's videos, polled. */
  static final Bounds VIDEOS =
      new Bounds(Vendor.KLING, "kling", 3, 14, 10, new WorkTimes.Range(500, 2_000));

  static final List<Bounds> ALL = List.of(IMAGES, VIDEOS);

  /** Settings of a simulator with all of these. */
  static SimulatorSettings simulator() {
    SimulatorSettings settings = SimulatorSettings.defaults();
    for (Bounds bounds : ALL) {
      VendorSettings vendor =
          settings
              .of(bounds.vendor)
              .with(new LimitSettings(bounds.requests, WINDOW.toMillis(), bounds.concurrency, true))
              .with(bounds.work);
      settings = settings.with(bounds.vendor, vendor);
    }
    return settings;
  }

  /** Whether a provider has calls going on. */
  static boolean isBusy(Simulator simulator) {
    return simulator.stats().keys().stream().anyMatch(key -> key.atOnce() > 0);
  }
}
