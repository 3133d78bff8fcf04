package io.kombine.local;

import io.kombine.local.kafka.KafkaServer;
import io.kombine.local.postgres.PostgresServer;
import io.kombine.local.process.FileTrees;
import io.kombine.local.process.StackException;
import io.kombine.local.process.StackProcess;
import io.kombine.local.service.ServiceProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Kafka, PostgreSQL and all of Kombine's services as processes of this machine.
 *
 * <p>The processes outlive this object and this JVM unless {@link #stop()} ends them; another
 * object over the same directory finds them again. One thread at a time starts and stops;
 * everything else may be called by any.
 */
public final class LocalStack implements AutoCloseable {

  static final String DATABASE = "kombine";
  private static final int EXISTING_KAFKA_MILLIS = 10_000;

  private final StackSettings settings;
  private final StackDirectories directories;
  private final Optional<KafkaServer> kafka;
  private final Optional<PostgresServer> postgres;
  private final List<ServiceProgram> programs;
  private final List<StackProcess> infrastructure = new ArrayList<>();
  private final List<StackProcess> services;
  private final Consumer<String> report;
  private volatile boolean aborted;

  LocalStack(
      StackSettings settings,
      StackDirectories directories,
      Optional<KafkaServer> kafka,
      Optional<PostgresServer> postgres,
      List<ServiceProgram> programs,
      Consumer<String> report) {
    this.settings = settings;
    this.directories = directories;
    this.kafka = kafka;
    this.postgres = postgres;
    this.programs = List.copyOf(programs);
    this.report = report;
    postgres.ifPresent(p -> infrastructure.add(new StackProcess(p, directories.run())));
    kafka.ifPresent(k -> infrastructure.add(new StackProcess(k, directories.run())));
    this.services = programs.stream().map(p -> new StackProcess(p, directories.run())).toList();
  }

  public static LocalStackBuilder builder(StackSettings settings) {
    return new LocalStackBuilder(settings);
  }

  /**
   * Starts what does not run yet and returns when all of it is ready.
   *
   * @throws StackException when something cannot be started, with a sentence for people; what this
   *     call has started is ended again
   */
  public void start() {
    directories.create();
    try (LauncherLock lock = LauncherLock.take(directories.run())) {
      List<StackProcess> missing = processes().stream().filter(p -> !p.isAlive()).toList();
      refuseTakenPorts(missing);
      try {
        startInfrastructure();
        startServices();
      } catch (RuntimeException e) {
        report.accept("Ending what has been started.");
        end(missing);
        throw e;
      }
    }
  }

  /** Starts and awaits Kafka and PostgreSQL alone, for tests and tools that need no services. */
  public void startInfrastructureOnly() {
    directories.create();
    try (LauncherLock lock = LauncherLock.take(directories.run())) {
      refuseTakenPorts(infrastructure.stream().filter(p -> !p.isAlive()).toList());
      startInfrastructure();
    }
  }

  /**
   * Ends all processes: services first, then Kafka, then PostgreSQL; each is asked first and killed
   * when it does not end in time.
   *
   * @return names of the processes that had to be killed
   */
  public List<String> stop() {
    directories.create();
    try (LauncherLock lock = LauncherLock.take(directories.run())) {
      return end(processes());
    }
  }

  /** Kills every process at once, as a power cut would. */
  public void kill() {
    Parallel.run(processes().stream().map(p -> (Runnable) p::kill).toList());
  }

  /**
   * Kills every process, and makes a start that is under way in another thread fail instead of
   * starting more.
   */
  public void abort() {
    aborted = true;
    kill();
  }

  /**
   * Ends one process in an orderly way, starts it and returns when it is ready. A process that does
   * not run is only started.
   *
   * @param name as in {@link #process(String)}
   * @throws StackException when it cannot be started or there is no such process
   */
  public void restart(String name) {
    directories.create();
    try (LauncherLock lock = LauncherLock.take(directories.run())) {
      StackProcess process = process(name);
      process.stop();
      bringUp(process);
    }
  }

  /** Throws away all data, delivered folder trees included. The stack must not run. */
  public void deleteData() {
    List<String> alive =
        processes().stream().filter(StackProcess::isAlive).map(StackProcess::name).toList();
    if (!alive.isEmpty()) {
      throw new StackException(
          "Data is not deleted while %s runs.".formatted(String.join(", ", alive)));
    }
    try {
      for (Path directory : directories.state()) {
        FileTrees.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Old data cannot be deleted", e);
    }
  }

  /** All processes in the order of their start: PostgreSQL, Kafka, services. */
  public List<StackProcess> processes() {
    List<StackProcess> all = new ArrayList<>(infrastructure);
    all.addAll(services);
    return all;
  }

  /** The services' processes. */
  public List<StackProcess> services() {
    return services;
  }

  /**
   * The process of that name: {@code kafka}, {@code postgres}, a service, or {@code <service>-<n>}
   * where it has several.
   *
   * @throws StackException when there is none
   */
  public StackProcess process(String name) {
    return processes().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new StackException(
                "The stack has no %s; it has %s."
                    .formatted(
                        name,
                        String.join(", ", processes().stream().map(StackProcess::name).toList()))));
  }

  /** Address of a service's process on this machine. */
  public URI url(String process) {
    return URI.create("http://localhost:" + process(process).port());
  }

  /** Address of the (first) gateway, the way in for every client. */
  public URI baseUrl() {
    return URI.create(
        "http://localhost:"
            + services.stream()
                .filter(p -> p.name().startsWith("gateway"))
                .findFirst()
                .orElseThrow(() -> new StackException("The stack has no gateway."))
                .port());
  }

  public String bootstrapServers() {
    return bootstrapServers(settings, kafka);
  }

  public StackSettings.Database database() {
    return database(settings, postgres);
  }

  public StackDirectories directories() {
    return directories;
  }

  /** Stops the stack. */
  @Override
  public void close() {
    stop();
  }

  static String bootstrapServers(StackSettings settings, Optional<KafkaServer> kafka) {
    return kafka.map(KafkaServer::bootstrapServers).or(settings::kafka).orElseThrow();
  }

  static StackSettings.Database database(
      StackSettings settings, Optional<PostgresServer> postgres) {
    return postgres
        .map(server ->
            new StackSettings.Database(
                server.jdbcUrl(DATABASE), PostgresServer.USER, PostgresServer.PASSWORD))
        .or(settings::postgres)
        .orElseThrow();
  }

  private static void refuseTakenPorts(List<StackProcess> toStart) {
    List<String> problems =
        toStart.stream().map(StackProcess::portProblem).flatMap(Optional::stream).toList();
    if (!problems.isEmpty()) {
      throw new StackException(String.join("\n", problems));
    }
  }

  private void startInfrastructure() {
    List<Runnable> pieces = new ArrayList<>();
    for (StackProcess process : infrastructure) {
      pieces.add(() -> bringUp(process));
    }
    programs.forEach(program -> pieces.add(() -> unpack(program)));
    if (kafka.isEmpty()) {
      pieces.add(this::requireKafka);
    }
    if (postgres.isEmpty()) {
      pieces.add(this::requirePostgres);
    }
    Parallel.run(pieces);
    postgres.ifPresent(server -> server.createDatabase(DATABASE));
  }

  private void startServices() {
    Parallel.run(services.stream().map(p -> (Runnable) () -> bringUp(p)).toList());
  }

  private void bringUp(StackProcess process) {
    // why the lock: abort() must not look for a process between its start and the note of it
    synchronized (process) {
      if (aborted) {
        throw new StackException("The start was broken off.");
      }
      process.start();
    }
    process.awaitReady();
    report.accept("%s is ready on port %d".formatted(process.name(), process.port()));
  }

  private static void unpack(ServiceProgram program) {
    try {
      program.unpack();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> end(List<StackProcess> ending) {
    List<String> killed = Collections.synchronizedList(new ArrayList<>());
    Parallel.run(
        services.stream()
            .filter(ending::contains)
            .map(p -> (Runnable) () -> end(p, killed))
            .toList());
    for (StackProcess process : infrastructure.reversed()) {
      if (ending.contains(process)) {
        end(process, killed);
      }
    }
    return killed;
  }

  private void end(StackProcess process, List<String> killed) {
    boolean ran = process.isAlive();
    if (!process.stop()) {
      killed.add(process.name());
      report.accept(process.name() + " did not end in time and was killed");
    } else if (ran) {
      report.accept(process.name() + " has ended");
    }
  }

  private void requireKafka() {
    if (!KafkaServer.answers(bootstrapServers(), EXISTING_KAFKA_MILLIS)) {
      throw new StackException(
          "No Kafka answers at %s (KOMBINE_KAFKA_BOOTSTRAP_SERVERS)."
              .formatted(bootstrapServers()));
    }
  }

  private void requirePostgres() {
    StackSettings.Database database = database();
    try {
      DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password()).close();
    } catch (SQLException e) {
      throw new StackException(
          "PostgreSQL at %s (KOMBINE_POSTGRES_URL) lets user %s not in: %s"
              .formatted(database.jdbcUrl(), database.user(), e.getMessage()),
          e);
    }
  }
}
