package io.kombine.system;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a system is set up: equal setups may share a system.
 *
 * @param replicas processes of a service, by its name; one where none is said
 * @param properties Spring properties by service or process
 * @param environment environment variables by service or process
 */
public record SystemSetup(
    Map<String, Integer> replicas,
    Map<String, Map<String, String>> properties,
    Map<String, Map<String, String>> environment) {

  public SystemSetup {
    replicas = Map.copyOf(replicas);
    properties = Map.copyOf(properties);
    environment = Map.copyOf(environment);
  }

  /** One process of each service, as delivered. */
  public static SystemSetup plain() {
    return new SystemSetup(Map.of(), Map.of(), Map.of());
  }

  /** The same with so many processes of a service. */
  public SystemSetup replicas(String service, int count) {
    Map<String, Integer> more = new TreeMap<>(replicas);
    more.put(service, count);
    return new SystemSetup(more, properties, environment);
  }

  /** The same with a property of a service. */
  public SystemSetup with(String service, String property, String value) {
    return new SystemSetup(replicas, put(properties, service, property, value), environment);
  }

  /** The same with an environment variable of a service. */
  public SystemSetup withVariable(String service, String variable, String value) {
    return new SystemSetup(replicas, properties, put(environment, service, variable, value));
  }

  private static Map<String, Map<String, String>> put(
      Map<String, Map<String, String>> all, String service, String name, String value) {
    Map<String, String> ofService = new TreeMap<>(all.getOrDefault(service, Map.of()));
    ofService.put(name, value);
    Map<String, Map<String, String>> more = new TreeMap<>(all);
    more.put(service, ofService);
    return more;
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
