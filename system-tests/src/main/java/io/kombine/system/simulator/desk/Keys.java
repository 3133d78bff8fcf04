package io.kombine.system.simulator.desk;

import io.kombine.system.simulator.call.Vendor;
import java.util.Map;
import java.util.Set;

/**
 * The keys that are accepted.
 *
 * @param accepted by vendor; a vendor without an entry accepts every key that is not empty
 * @param klingSecrets secret key by access key, for Kling's signed tokens
 */
public record Keys(Map<Vendor, Set<String>> accepted, Map<String, String> klingSecrets) {

  /** Keeps copies. */
  public Keys {
    accepted = Map.copyOf(accepted);
    klingSecrets = Map.copyOf(klingSecrets);
  }

  /** Whether the vendor knows the key. */
  public boolean accepts(Vendor vendor, String key) {
    Set<String> known = accepted.get(vendor);
    return !key.isBlank() && (known == null || known.contains(key));
  }
}
