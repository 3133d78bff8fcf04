package io.kombine.local;

import io.kombine.local.kafka.KafkaServer;
import io.kombine.local.postgres.PostgresServer;
import io.kombine.local.process.Lifeline;
import io.kombine.local.process.Ports;
import io.kombine.local.process.StackException;
import io.kombine.local.service.ServiceDefinition;
import io.kombine.local.service.ServiceDefinition.Need;
import io.kombine.local.service.ServiceProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Puts a {@link LocalStack} together. */
public final class LocalStackBuilder {

  private static final int MOST_REPLICAS = 16;

  private final StackSettings settings;
  private final Map<String, Integer> replicas = new HashMap<>();
  private final Map<String, Map<String, String>> environments = new HashMap<>();
  private final Map<String, String> environmentOfAll = new HashMap<>();
  private final Map<String, Map<String, String>> properties = new HashMap<>();
  private Consumer<String> report = line -> {};
  private boolean keepsArchives;
  private boolean tied;

  LocalStackBuilder(StackSettings settings) {
    this.settings = settings;
  }

  /**
   * Runs several processes of a service, named {@code <service>-1} and so on; the first has the
   * service's port, the others free ones.
   *
   * @param count 0 leaves the service out; at most 16
   */
  public LocalStackBuilder replicas(String service, int count) {
    requireService(service);
    if (count < 0 || count > MOST_REPLICAS) {
      throw new StackException(
          "%d processes of %s were asked for; 0 to %d are possible."
              .formatted(count, service, MOST_REPLICAS));
    }
    replicas.put(service, count);
    return this;
  }

  /**
   * Adds environment variables for a service, or for one of several processes of it by that
   * process's name.
   */
  public LocalStackBuilder environment(String serviceOrProcess, Map<String, String> variables) {
    environments.computeIfAbsent(serviceOrProcess, any -> new HashMap<>()).putAll(variables);
    return this;
  }

  /** Adds environment variables for all services. */
  public LocalStackBuilder environment(Map<String, String> variables) {
    environmentOfAll.putAll(variables);
    return this;
  }

  /**
   * Adds Spring properties for a service, or for one of several processes of it by that process's
   * name. They win over environment variables.
   */
  public LocalStackBuilder properties(String serviceOrProcess, Map<String, String> values) {
    properties.computeIfAbsent(serviceOrProcess, any -> new TreeMap<>()).putAll(values);
    return this;
  }

  /** Takes a line at a time of what happens while the stack starts and ends. */
  public LocalStackBuilder report(Consumer<String> lines) {
    this.report = lines;
    return this;
  }

  /**
   * Lets services write archives of their classes when they end, which makes later starts faster
   * and ends slower.
   */
  public LocalStackBuilder keepsArchives() {
    this.keepsArchives = true;
    return this;
  }

  /** Ends the processes with this JVM, however it ends. */
  public LocalStackBuilder tiedToThisJvm() {
    this.tied = true;
    return this;
  }

  /** The stack, not started. */
  public LocalStack build() {
    StackDirectories directories = new StackDirectories(settings.home());
    Optional<KafkaServer> kafka =
        settings.kafka().isPresent()
            ? Optional.empty()
            : Optional.of(
                new KafkaServer(
                    settings.kafkaPort(),
                    settings.kafkaControllerPort(),
                    directories.kafka(),
                    directories.logs()));
    Optional<PostgresServer> postgres =
        settings.postgres().isPresent()
            ? Optional.empty()
            : Optional.of(
                new PostgresServer(
                    settings.postgresPort(),
                    directories.programs(),
                    directories.postgres(),
                    directories.logs(),
                    true));
    List<ServiceProgram> programs = new ArrayList<>();
    for (ServiceDefinition service : ServiceDefinition.ALL) {
      programs.addAll(processes(service, directories, kafka, postgres));
    }
    if (tied) {
      directories.create();
      Lifeline.tie(directories.run());
    }
    return new LocalStack(settings, directories, kafka, postgres, programs, report);
  }

  private List<ServiceProgram> processes(
      ServiceDefinition service,
      StackDirectories directories,
      Optional<KafkaServer> kafka,
      Optional<PostgresServer> postgres) {
    int count = replicas.getOrDefault(service.name(), 1);
    List<Integer> more = Ports.free(Math.max(0, count - 1));
    List<ServiceProgram> programs = new ArrayList<>();
    for (int n = 1; n <= count; n++) {
      String name = count == 1 ? service.name() : service.name() + "-" + n;
      Map<String, String> environment = new HashMap<>(parts(service, directories, kafka, postgres));
      environment.put("KOMBINE_WORKER_ID", name);
      environment.putAll(environmentOfAll);
      environment.putAll(environments.getOrDefault(service.name(), Map.of()));
      environment.putAll(environments.getOrDefault(name, Map.of()));
      Map<String, String> own = new TreeMap<>(properties.getOrDefault(service.name(), Map.of()));
      own.putAll(properties.getOrDefault(name, Map.of()));
      Path jar = service.jar(settings.root());
      int port = n == 1 ? settings.servicePort(service) : more.get(n - 2);
      programs.add(
          new ServiceProgram(
              service,
              name,
              port,
              jar,
              directories.logs(),
              keepsArchives && n == 1,
              environment,
              own));
    }
    return programs;
  }

  private Map<String, String> parts(
      ServiceDefinition service,
      StackDirectories directories,
      Optional<KafkaServer> kafka,
      Optional<PostgresServer> postgres) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SERVER_ADDRESS", settings.bindAddress());
    environment.put("MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED", "true");
    environment.put("KOMBINE_PUBLIC_URL", "http://localhost:" + port("gateway"));
    if (service.needs().contains(Need.KAFKA)) {
      environment.put(
          "SPRING_KAFKA_BOOTSTRAP_SERVERS", LocalStack.bootstrapServers(settings, kafka));
    }
    if (service.needs().contains(Need.POSTGRES)) {
      StackSettings.Database database = LocalStack.database(settings, postgres);
      environment.put("SPRING_DATASOURCE_URL", database.jdbcUrl());
      environment.put("SPRING_DATASOURCE_USERNAME", database.user());
      environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
    }
    if (service.needs().contains(Need.ARTIFACTS)) {
      environment.put("KOMBINE_ARTIFACTS_DIRECTORY", directories.artifacts().toString());
    }
    if (service.needs().contains(Need.DRIVE)) {
      environment.put("KOMBINE_DRIVE_LOCAL_DIRECTORY", directories.drive().toString());
    }
    if (service.needs().contains(Need.BATCH_API)) {
      environment.put("KOMBINE_BATCH_API_URL", "http://localhost:" + port("batch-api"));
    }
    return environment;
  }

  private int port(String service) {
    return settings.servicePort(requireService(service));
  }

  private static ServiceDefinition requireService(String name) {
    return ServiceDefinition.ALL.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new StackException("There is no service " + name + "."));
  }
}
