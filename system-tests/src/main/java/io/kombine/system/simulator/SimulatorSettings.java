package io.kombine.system.simulator;

import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.invoice.PriceRule;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a simulator starts.
 *
 * @param port 0 for any free one
 * @param vendors every vendor's settings
 * @param klingSecrets Kling's secret key by access key
 * @param prices go before the usual ones
 * @param resultLifetime of result URLs
 * @param clock that all goes by but the waiting of synchronous calls
 */
public record SimulatorSettings(
    int port,
    Map<Vendor, VendorSettings> vendors,
    Map<String, String> klingSecrets,
    List<PriceRule> prices,
    Duration resultLifetime,
    Clock clock) {

  /** Kling's access key where no other is set. */
  public static final String KLING_ACCESS_KEY = "simulator-access-key";

  /** The secret key that goes with {@link #KLING_ACCESS_KEY}. */
  public static final String KLING_SECRET_KEY = "simulator-secret-key-of-32-letters";

  private static final long MINUTE = 60_000;

  /** Keeps copies. */
  public SimulatorSettings {
    vendors = Map.copyOf(vendors);
    klingSecrets = Map.copyOf(klingSecrets);
    prices = List.copyOf(prices);
  }

  /** Generous limits, fast work, any key, the usual prices, a free port. */
  public static SimulatorSettings defaults() {
    Map<Vendor, VendorSettings> vendors = new EnumMap<>(Vendor.class);
    vendors.put(Vendor.OPENAI, VendorSettings.of(600, MINUTE, 50, 50));
    vendors.put(Vendor.GEMINI, VendorSettings.of(600, MINUTE, 50, 50));
    vendors.put(Vendor.KLING, VendorSettings.of(600, MINUTE, 20, 250));
    vendors.put(Vendor.FAL, VendorSettings.of(600, MINUTE, 20, 250));
    vendors.put(Vendor.DRIVE, VendorSettings.of(325_000, MINUTE, 200, 0));
    return new SimulatorSettings(
        0,
        vendors,
        Map.of(KLING_ACCESS_KEY, KLING_SECRET_KEY),
        List.of(),
        Duration.ofDays(1),
        Clock.systemUTC());
  }

  /** A vendor's settings. */
  public VendorSettings of(Vendor vendor) {
    return Objects.requireNonNull(vendors.get(vendor));
  }

  /** On that port. */
  public SimulatorSettings onPort(int other) {
    return new SimulatorSettings(other, vendors, klingSecrets, prices, resultLifetime, clock);
  }

  /** With other settings of a vendor. */
  public SimulatorSettings with(Vendor vendor, VendorSettings settings) {
    Map<Vendor, VendorSettings> all = new EnumMap<>(vendors);
    all.put(vendor, settings);
    return new SimulatorSettings(port, all, klingSecrets, prices, resultLifetime, clock);
  }

  /** By another clock. */
  public SimulatorSettings by(Clock other) {
    return new SimulatorSettings(port, vendors, klingSecrets, prices, resultLifetime, other);
  }

  /** With prices that go before the usual ones. */
  public SimulatorSettings with(List<PriceRule> more) {
    return new SimulatorSettings(port, vendors, klingSecrets, more, resultLifetime, clock);
  }
}
