package io.kombine.system.soak;

import io.kombine.system.soak.audit.Guarantee;
import io.kombine.system.soak.audit.Violation;
import io.kombine.system.soak.drive.Finding;
import io.kombine.system.soak.drive.SeedRun;
import io.kombine.system.soak.drive.SoakSystem;
import io.kombine.system.soak.schedule.Extent;
import io.kombine.system.soak.schedule.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs seeds, one after another, on one system that is never started afresh between them: what one
 * seed leaves behind the next has to live with. Each seed is audited by itself.
 */
public final class Soak implements AutoCloseable {

  private static final int PAUSES = 2;
  private static final int BATCHES = 6;

  private final Path home;
  private final SoakSystem system;

  private Soak(Path home, SoakSystem system) {
    this.home = home;
    this.system = system;
  }

  /**
   * Starts the system.
   *
   * @param home directory for everything that is made, emptied before
   */
  public static Soak start(Path home) throws IOException {
    return new Soak(home, SoakSystem.start(home.resolve("system"), line -> {}));
  }

  /**
   * Runs a seed.
   *
   * @param kills of processes
   * @param active how long the killing goes on
   */
  public SeedResult run(long seed, int kills, Duration active)
      throws IOException, SQLException, InterruptedException {
    Extent extent = new Extent(active, kills, PAUSES, BATCHES, SoakSystem.longestSilence());
    Schedule schedule = Schedule.of(seed, extent, system.processes(), system.pausable());
    Path directory = Files.createDirectories(home.resolve("seed-" + seed));
    Finding finding = new SeedRun(system, schedule, extent, directory).run();
    List<Violation> violations = Guarantee.audit(finding.evidence());
    if (!violations.isEmpty()) {
      keep(directory, finding, violations);
    }
    return new SeedResult(finding, violations);
  }

  private void keep(Path directory, Finding finding, List<Violation> violations)
      throws IOException {
    Files.write(
        directory.resolve("violations.txt"), violations.stream().map(Violation::toString).toList());
    Files.writeString(directory.resolve("evidence.txt"), finding.toString().replace("], ", "],\n"));
    Path logs = Files.createDirectories(directory.resolve("logs"));
    try (Stream<Path> files = Files.list(system.logs())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, logs.resolve(file.getFileName().toString()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    system.close();
  }
}
