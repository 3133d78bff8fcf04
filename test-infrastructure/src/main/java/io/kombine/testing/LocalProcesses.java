package io.kombine.testing;

import io.kombine.local.kafka.KafkaServer;
import io.kombine.local.postgres.PostgresServer;
import io.kombine.local.process.Lifeline;
import io.kombine.local.process.Ports;
import io.kombine.local.process.Program;
import io.kombine.local.process.StackProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Broker and server as processes of this machine, with their data in a directory that goes with the
 * JVM.
 */
final class LocalProcesses {

  private LocalProcesses() {}

  static KafkaSource kafka() {
    Path home = home("kafka");
    List<Integer> ports = Ports.free(2);
    KafkaServer server =
        new KafkaServer(ports.get(0), ports.get(1), home.resolve("kafka"), home.resolve("logs"));
    start(server, home);
    return server::bootstrapServers;
  }

  static PostgresSource postgres() {
    Path home = home("postgres");
    PostgresServer server =
        new PostgresServer(
            Ports.free(1).getFirst(),
            programs(),
            home.resolve("postgres"),
            home.resolve("logs"),
            false);
    start(server, home);
    return name ->
        new TestDatabase(server.jdbcUrl(name), PostgresServer.USER, PostgresServer.PASSWORD);
  }

  private static void start(Program program, Path home) {
    Lifeline.tie(home.resolve("run"));
    StackProcess process = new StackProcess(program, home.resolve("run"));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  process.kill();
                  deleteTree(home);
                },
                "end-" + program.name()));
    process.start();
    process.awaitReady();
  }

  private static Path home(String of) {
    try {
      Path home = Files.createTempDirectory("kombine-test-" + of + "-");
      // why open: PostgreSQL may run as another user than this JVM; its own data directory is
      // closed
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createDirectories(home.resolve("run"));
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kept between runs, for unpacking takes seconds. */
  private static Path programs() {
    return Path.of(
        System.getProperty("java.io.tmpdir", "/tmp"),
        "kombine-test-programs-" + System.getProperty("user.name"));
  }

  private static void deleteTree(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      System.err.println(directory + " is left over: " + e);
    }
  }
}
