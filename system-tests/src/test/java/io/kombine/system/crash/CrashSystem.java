package io.kombine.system.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.local.client.KombineClient;
import io.kombine.local.process.StackProcess;
import io.kombine.system.SystemSetup;
import io.kombine.system.SystemUnderTest;
import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.SimulatorSettings;
import io.kombine.worker.crash.CrashPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A system whose services die on order, with paid providers that are the simulator. Leases and
 * timeouts are short, so that a successor need not wait long.
 */
final class CrashSystem implements AutoCloseable {

  /** Generous: a test waits so long only where it fails. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final List<String> SERVICES =
      List.of(CrashRows.API, CrashRows.IMAGES, CrashRows.VIDEOS, CrashRows.UPLOADER);

  private final Path orders;
  private final Simulator simulator;
  private final SystemUnderTest system;

  private CrashSystem(Path orders, Simulator simulator, SystemUnderTest system) {
    this.orders = orders;
    this.simulator = simulator;
    this.system = system;
  }

  static CrashSystem start(Path home) throws IOException {
    Path orders = home.resolveSibling(home.getFileName() + "-orders").toAbsolutePath();
    Files.createDirectories(orders);
    Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    try {
      SystemUnderTest system =
          SystemUnderTest.start(home, setup(simulator, orders), System.out::println);
      CrashSystem started = new CrashSystem(orders, simulator, system);
      started.archiveClasses();
      return started;
    } catch (RuntimeException e) {
      simulator.close();
      throw e;
    }
  }

  private static SystemSetup setup(Simulator simulator, Path orders) {
    String openai = "kombine.providers.openai.openai.";
    String kling = "kombine.providers.kling.kling.";
    SystemSetup setup =
        SystemSetup.plain()
            .withWorkers("kombine.claims.lease", "2s")
            .with(CrashRows.API, "kombine.admission.lease", "2s")
            .with(CrashRows.API, "kombine.openai.enabled", "true")
            .with(CrashRows.API, "kombine.kling.enabled", "true")
            .with(CrashRows.IMAGES, openai + "api-key", "some-key")
            .with(CrashRows.IMAGES, openai + "base-url", simulator.baseUrl() + "/v1")
            .with(CrashRows.IMAGES, openai + "timeout", "30s")
            .with(CrashRows.VIDEOS, kling + "access-key", SimulatorSettings.KLING_ACCESS_KEY)
            .with(CrashRows.VIDEOS, kling + "secret-key", SimulatorSettings.KLING_SECRET_KEY)
            .with(CrashRows.VIDEOS, kling + "base-url", simulator.baseUrl().toString())
            .with(CrashRows.VIDEOS, kling + "poll-interval", "200ms")
            .with(CrashRows.VIDEOS, kling + "timeout", "30s");
    for (String service : SERVICES) {
      String consumer = "spring.kafka.consumer.properties.";
      setup =
          setup
              // why: the broker keeps a dead process's partitions for so long
              .with(service, consumer + "session.timeout.ms", "6000")
              .with(service, consumer + "heartbeat.interval.ms", "1000")
              // why: what is lost keeps its slot, and no row shall wait for another one's
              .with(service, "kombine.stages.i2i.permits-per-partition", "5")
              .with(service, "kombine.stages.i2v.permits-per-partition", "5")
              .withVariable(service, "JAVA_TOOL_OPTIONS", options(orders, service));
    }
    return setup;
  }

  /** Where its order is, and what makes a process start sooner: there is a start for each row. */
  private static String options(Path orders, String service) {
    return "-Dkombine.crash-order=%s -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=%s -Xlog:cds=off -Xlog:cds+dynamic=off"
        .formatted(orders.resolve(service), archive(orders, service));
  }

  private static Path archive(Path orders, String service) {
    return orders.resolve(service + ".jsa");
  }

  /** An archive of classes is written at a process's first end. */
  private void archiveClasses() {
    for (String service : SERVICES) {
      if (!Files.exists(archive(orders, service))) {
        restart(service);
      }
    }
  }

  Simulator simulator() {
    return simulator;
  }

  SystemUnderTest system() {
    return system;
  }

  KombineClient client() {
    return system.client();
  }

  Traces traces() {
    return new Traces(system.stack(), simulator);
  }

  /**
   * Waits until every record is handled: one that a dead process left unfinished comes again, and
   * would come to the next row's boundary before the row's own.
   */
  void awaitIdle() {
    await("records to be handled")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> Backlog.of(system.stack().bootstrapServers()) == 0);
  }

  /** Lets a service's process die when work next comes to a boundary. */
  void order(String service, CrashPoint point) throws IOException {
    Path draft = orders.resolve(service + ".new");
    Files.writeString(draft, point.name());
    Files.move(draft, orders.resolve(service));
  }

  /** Waits until the process has obeyed. */
  void awaitDeath(String service) {
    StackProcess process = system.stack().process(service);
    await(service + " to die").atMost(PATIENCE).until(() -> !process.isAlive());
    await("its exit code").atMost(PATIENCE).until(() -> process.exitCode().isPresent());
    assertThat(process.exitCode()).as(service).hasValue(CrashPoint.EXIT_CODE);
    assertThat(orders.resolve(service)).doesNotExist();
  }

  /** Kills the process of a service. */
  void kill(String service) {
    system.stack().process(service).kill();
  }

  /** Starts the process of a service that is gone, and waits until it is ready. */
  void restart(String service) {
    system.stack().restart(service);
  }

  /** Brings back whatever a failed row has left. */
  void heal() throws IOException {
    for (String service : SERVICES) {
      Files.deleteIfExists(orders.resolve(service));
      if (!system.stack().process(service).isAlive()) {
        restart(service);
      }
    }
    simulator.faults().clear();
  }

  @Override
  public void close() {
    system.close();
    simulator.close();
  }
}
