package io.kombine.worker.provider;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The providers of this worker by name. Immutable. */
public final class StepProviders {

  private final Map<String, StepProvider> byName;

  /**
   * @throws IllegalArgumentException when two have the same name
   */
  public StepProviders(Collection<? extends StepProvider> providers) {
    Map<String, StepProvider> named = new TreeMap<>();
    for (StepProvider provider : providers) {
      if (named.put(provider.name(), provider) != null) {
        throw new IllegalArgumentException("two providers are named " + provider.name());
      }
    }
    byName = Map.copyOf(named);
  }

  public Optional<StepProvider> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
