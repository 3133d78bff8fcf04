package io.kombine.system.simulator.limit;

import io.kombine.system.simulator.call.ApiCall;
import io.kombine.system.simulator.call.Vendor;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The limits of every vendor, held for each key by itself. Thread-safe. Knows at most {@value
 * #MAX_KEYS} keys; calls with more are sent away as too many.
 */
public final class Limits {

  /** Most keys that are told apart. */
  public static final int MAX_KEYS = 1_000;

  private final Clock clock;
  private final Map<Vendor, LimitSettings> settings;
  private final Map<Key, KeyLimits> keys = new ConcurrentHashMap<>();

  private record Key(Vendor vendor, String keyId) {}

  /**
   * Starts with these.
   *
   * @param settings of every vendor
   */
  public Limits(Clock clock, Map<Vendor, LimitSettings> settings) {
    this.clock = clock;
    this.settings = new ConcurrentHashMap<>(settings);
  }

  /** Changes a vendor's limits, for calls from now on. */
  public void set(Vendor vendor, LimitSettings limits) {
    settings.put(vendor, limits);
  }

  /** A vendor's limits. */
  public LimitSettings of(Vendor vendor) {
    return Objects.requireNonNull(settings.get(vendor));
  }

  /**
   * Measures a call.
   *
   * @param weight in the window, 1 but for Drive
   * @param takesSlot whether it counts as going on until its slot is freed
   */
  public Admission admit(ApiCall call, int weight, boolean takesSlot) {
    KeyLimits limits = limits(call.vendor(), call.keyId());
    return limits == null ? new Admission.TooManyAtOnce() : limits.admit(weight, takesSlot);
  }

  private @Nullable KeyLimits limits(Vendor vendor, String keyId) {
    Key key = new Key(vendor, keyId);
    if (keys.size() >= MAX_KEYS && !keys.containsKey(key)) {
      return null;
    }
    return keys.computeIfAbsent(key, _ -> new KeyLimits(clock, () -> of(vendor)));
  }

  /** How every key that was seen kept to its limits. */
  public List<KeyStats> stats() {
    return keys.entrySet().stream()
        .map(e -> e.getValue().stats(e.getKey().vendor().word(), e.getKey().keyId()))
        .toList();
  }

  /** Forgets all keys and what they did. */
  public void reset() {
    keys.clear();
  }
}
