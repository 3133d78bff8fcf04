package io.kombine.local;

import io.kombine.local.process.Ports;
import io.kombine.local.process.StackException;
import io.kombine.local.service.ServiceDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be chosen about a stack from outside.
 *
 * @param root the project's root directory, below which the services' jars are
 * @param home directory for all data
 * @param bindAddress address on which the services listen; loopback unless chosen
 * @param kafkaPort port of the stack's own broker
 * @param kafkaControllerPort port on which that broker speaks to itself
 * @param postgresPort port of the stack's own PostgreSQL
 * @param servicePorts HTTP port of each service by its name
 * @param kafka bootstrap servers of an existing Kafka to use instead of an own broker
 * @param postgres an existing PostgreSQL database to use instead of an own server
 */
public record StackSettings(
    Path root,
    Path home,
    String bindAddress,
    int kafkaPort,
    int kafkaControllerPort,
    int postgresPort,
    Map<String, Integer> servicePorts,
    Optional<String> kafka,
    Optional<Database> postgres) {

  /** Access to a PostgreSQL database. */
  public record Database(String jdbcUrl, String user, String password) {}

  private static final int HIGHEST_PORT = 65_535;

  public StackSettings {
    servicePorts = Map.copyOf(servicePorts);
  }

  /**
   * Settings from environment variables, with defaults for those that are absent.
   *
   * @throws StackException when a variable cannot be understood; the message names it
   */
  public static StackSettings of(Path root, Map<String, String> environment) {
    Map<String, Integer> ports = new HashMap<>();
    for (ServiceDefinition service : ServiceDefinition.ALL) {
      ports.put(service.name(), port(environment, service.portVariable(), service.defaultPort()));
    }
    return new StackSettings(
        root,
        Path.of(
            text(environment, "KOMBINE_DATA_DIRECTORY")
                .orElse(root.resolve(".kombine").toString())),
        text(environment, "KOMBINE_BIND_ADDRESS").orElse("127.0.0.1"),
        port(environment, "KOMBINE_KAFKA_PORT", 9092),
        port(environment, "KOMBINE_KAFKA_CONTROLLER_PORT", 9093),
        port(environment, "KOMBINE_POSTGRES_PORT", 54320),
        ports,
        text(environment, "KOMBINE_KAFKA_BOOTSTRAP_SERVERS"),
        text(environment, "KOMBINE_POSTGRES_URL").map(url -> database(url, environment)));
  }

  /** Settings for a stack apart from all others: its own directory and ports that are free now. */
  public static StackSettings isolated(Path root, Path home) {
    List<Integer> free = Ports.free(ServiceDefinition.ALL.size() + 3);
    Map<String, Integer> ports = new HashMap<>();
    for (int i = 0; i < ServiceDefinition.ALL.size(); i++) {
      ports.put(ServiceDefinition.ALL.get(i).name(), free.get(i + 3));
    }
    return new StackSettings(
        root,
        home,
        "127.0.0.1",
        free.get(0),
        free.get(1),
        free.get(2),
        ports,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The project's root directory at or above a directory: the one with the {@code kombine} script.
   *
   * @throws StackException when there is none
   */
  public static Path rootAbove(Path directory) {
    for (Path at = directory.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("kombine"))
          && Files.isRegularFile(at.resolve("pom.xml"))) {
        return at;
      }
    }
    throw new StackException("%s is not inside Kombine's project directory.".formatted(directory));
  }

  int servicePort(ServiceDefinition service) {
    return servicePorts.getOrDefault(service.name(), service.defaultPort());
  }

  private static Database database(String url, Map<String, String> environment) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new StackException(
          "KOMBINE_POSTGRES_URL is %s, but has to be a JDBC URL like jdbc:postgresql://host:5432/kombine."
              .formatted(url));
    }
    return new Database(
        url,
        text(environment, "KOMBINE_POSTGRES_USER").orElse("kombine"),
        text(environment, "KOMBINE_POSTGRES_PASSWORD").orElse("kombine"));
  }

  private static Optional<String> text(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }

  private static int port(Map<String, String> environment, String name, int otherwise) {
    Optional<String> chosen = text(environment, name);
    if (chosen.isEmpty()) {
      return otherwise;
    }
    try {
      int port = Integer.parseInt(chosen.get());
      if (port >= 1 && port <= HIGHEST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new StackException(notAPort(name, chosen.get()), e);
    }
    throw new StackException(notAPort(name, chosen.get()));
  }

  private static String notAPort(String name, String value) {
    return "%s is %s, but has to be a port number from 1 to %d."
        .formatted(name, value, HIGHEST_PORT);
  }
}
