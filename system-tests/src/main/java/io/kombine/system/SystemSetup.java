package io.kombine.system;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a system is set up: equal setups may share a system.
 *
 * @param replicas processes of a service, by its name; one where none is said
 * @param properties Spring properties by service or process
 */
public record SystemSetup(
    Map<String, Integer> replicas, Map<String, Map<String, String>> properties) {

  public SystemSetup {
    replicas = Map.copyOf(replicas);
    properties = Map.copyOf(properties);
  }

  /** One process of each service, as delivered. */
  public static SystemSetup plain() {
    return new SystemSetup(Map.of(), Map.of());
  }

  /** The same with so many processes of a service. */
  public SystemSetup replicas(String service, int count) {
    Map<String, Integer> more = new TreeMap<>(replicas);
    more.put(service, count);
    return new SystemSetup(more, properties);
  }

  /** The same with a property of a service. */
  public SystemSetup with(String service, String property, String value) {
    Map<String, String> ofService = new TreeMap<>(properties.getOrDefault(service, Map.of()));
    ofService.put(property, value);
    Map<String, Map<String, String>> more = new TreeMap<>(properties);
    more.put(service, ofService);
    return new SystemSetup(replicas, more);
  }

  /** The same with a property of all workers. */
  public SystemSetup withWorkers(String property, String value) {
    return with("i2i-worker", property, value)
        .with("i2v-worker", property, value)
        .with("audio-worker", property, value);
  }

  /** The same with a stage's partitions, for all services alike. */
  public SystemSetup partitions(String stage, int partitions) {
    String property = "kombine.stages." + stage + ".partitions";
    String value = Integer.toString(partitions);
    return with("batch-api", property, value)
        .withWorkers(property, value)
        .with("drive-uploader", property, value);
  }
}
