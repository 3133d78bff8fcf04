package io.kombine.system.bench;

import io.kombine.system.SystemSetup;
import io.kombine.system.SystemUnderTest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * {@code fanout-chain}: batches of 3 sources × 2 prompts → 6 images, each → 2 videos, submitted
 * through the gateway; once to providers that do nothing, which shows what the system itself can
 * and costs, and once to providers that only wait, which shows how well it keeps stages at their
 * caps.
 */
public final class FanoutChainBenchmark {

  private static final int DEFAULT_BATCHES = 20;
  private static final int MOST_BATCHES = 1_000;
  private static final int CAP = 8;
  private static final double IMAGE_SECONDS = 0.2;
  private static final double VIDEO_SECONDS = 1.0;

  private FanoutChainBenchmark() {}

  /**
   * @param arguments the number of batches, 1 to 1,000; 20 by default
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int batches = arguments.length == 0 ? DEFAULT_BATCHES : batches(arguments[0]);
    PrintStream out = System.out;
    out.println(Conditions.describe(batches, CAP));
    run("null", batches, 0, 0, out);
    run("sleep", batches, IMAGE_SECONDS, VIDEO_SECONDS, out);
    System.exit(0);
  }

  private static int batches(String argument) {
    int batches = argument.matches("\\d{1,4}") ? Integer.parseInt(argument) : 0;
    if (batches < 1 || batches > MOST_BATCHES) {
      System.err.printf("%s is no number of batches from 1 to %d.%n", argument, MOST_BATCHES);
      System.exit(2);
    }
    return batches;
  }

  private static void run(
      String provider, int batches, double imageSeconds, double videoSeconds, PrintStream out)
      throws IOException, InterruptedException {
    SystemSetup setup =
        SystemSetup.plain()
            .partitions("i2i", CAP)
            .partitions("i2v", CAP)
            .with("i2i-worker", "kombine.bench-providers.sleep", millis(IMAGE_SECONDS))
            .with("i2v-worker", "kombine.bench-providers.sleep", millis(VIDEO_SECONDS));
    Path home = Path.of("system-tests", "target", "bench", provider);
    out.printf("%n%s provider: starting a system of its own%n", provider);
    try (SystemUnderTest system = SystemUnderTest.start(home, setup, line -> {})) {
      FanoutChainRun run = new FanoutChainRun(system, provider);
      run.warmUp();
      out.print(run.measure(batches).describe(CAP, imageSeconds, videoSeconds));
    }
  }

  private static String millis(double seconds) {
    return Math.round(seconds * 1000) + "ms";
  }
}
