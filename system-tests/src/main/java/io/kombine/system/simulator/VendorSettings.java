package io.kombine.system.simulator;

import io.kombine.system.simulator.desk.WorkTimes;
import io.kombine.system.simulator.limit.LimitSettings;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one vendor is simulated.
 *
 * @param limits of each key
 * @param work time that a call takes
 * @param keys that are accepted; absent accepts every key that is not empty
 */
public record VendorSettings(
    LimitSettings limits, WorkTimes.Range work, @Nullable Set<String> keys) {

  /** A vendor that is fast and lets much through. */
  static VendorSettings of(int requests, long windowMs, int concurrency, long workMs) {
    return new VendorSettings(
        new LimitSettings(requests, windowMs, concurrency, true),
        new WorkTimes.Range(workMs, workMs * 2),
        null);
  }

  /** With other limits. */
  public VendorSettings with(LimitSettings other) {
    return new VendorSettings(other, work, keys);
  }

  /** With another time that a call takes. */
  public VendorSettings with(WorkTimes.Range other) {
    return new VendorSettings(limits, other, keys);
  }

  /** With these keys only. */
  public VendorSettings with(Set<String> only) {
    return new VendorSettings(limits, work, only);
  }
}
