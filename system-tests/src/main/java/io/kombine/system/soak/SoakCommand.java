package io.kombine.system.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills processes of a working system for a while, and says whether every guarantee held. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description = {
      "Kills, pauses and restarts every process of a system of its own while it runs batches,",
      "and audits what came of it. Exit code 3 with violations."
    })
public final class SoakCommand implements Callable<Integer> {

  private static final int VIOLATED = 3;

  @Option(
      names = "--seed",
      description = "The first seed; each further run takes the next. A random one by default.")
  private @Nullable Long seed;

  @Option(names = "--seeds", description = "How many seeds; 1 unless --minutes is given.")
  private @Nullable Integer seeds;

  @Option(names = "--minutes", description = "No new seed begins after so long.")
  private @Nullable Integer minutes;

  @Option(
      names = "--kills",
      defaultValue = "12",
      description = "Kills of each seed, 1 to 100; ${DEFAULT-VALUE} by default.")
  private int kills;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "How long each seed goes on killing, 10 to 3600; ${DEFAULT-VALUE} by default.")
  private int seconds;

  @Option(
      names = "--report",
      description = "Where the tables are written; by default target/soak/soak-SEED.md.")
  private @Nullable Path report;

  /** Runs it and ends the process. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SoakCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    if (kills < 1 || kills > 100 || seconds < 10 || seconds > 3600) {
      System.err.println("--kills is from 1 to 100, --seconds from 10 to 3600.");
      return CommandLine.ExitCode.USAGE;
    }
    long first = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000) : seed;
    int most = seeds != null ? seeds : minutes == null ? 1 : Integer.MAX_VALUE;
    Instant end = minutes == null ? Instant.MAX : Instant.now().plus(Duration.ofMinutes(minutes));
    Path home = Path.of("system-tests", "target", "soak");
    Path target = report == null ? home.resolve("soak-" + first + ".md") : report;
    PrintStream out = System.out;
    out.printf("Seeds from %d on; starting the system.%n", first);
    List<SeedResult> results = new ArrayList<>();
    try (Soak soak = Soak.start(home.resolve("from-" + first))) {
      for (int i = 0; i < most && Instant.now().isBefore(end); i++) {
        SeedResult result = soak.run(first + i, kills, Duration.ofSeconds(seconds));
        results.add(result);
        out.print(SoakReport.row(result));
        result.violations().forEach(violation -> out.println("  " + violation));
        write(target, results);
      }
    }
    out.println();
    out.print(new SoakReport(results).markdown());
    out.println("Written to " + target);
    return results.stream().allMatch(result -> result.violations().isEmpty()) ? 0 : VIOLATED;
  }

  private static void write(Path target, List<SeedResult> results) throws IOException {
    Path parent = target.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(target, new SoakReport(results).markdown());
  }
}
