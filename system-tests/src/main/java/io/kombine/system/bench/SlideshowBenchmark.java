package io.kombine.system.bench;

import io.kombine.system.SystemSetup;
import io.kombine.system.SystemUnderTest;
import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.SimulatorSettings;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.WorkTimes;
import io.kombine.system.simulator.limit.LimitSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code slideshow}: one batch of links × 6 variations × 3 slides through the gateway, on the
 * simulator: Gemini's texts at 60 calls a minute, which is the binding limit, OpenAI's images at
 * 300, and a Drive that takes a second for each file.
 */
public final class SlideshowBenchmark {

  private static final int DEFAULT_LINKS = 100;
  private static final int TEXTS_PER_MINUTE = 60;
  private static final int IMAGES_PER_MINUTE = 300;
  private static final long MINUTE_MS = 60_000;
  private static final long DRIVE_MS = 1_000;
  private static final int IMAGE_PERMITS = 3;

  /** For providers that share two cores with all that calls them; costs 5 % of the rate. */
  private static final String MARGIN = "3s";

  private static final WorkTimes.Range TEXT_MS = new WorkTimes.Range(1_000, 2_500);
  private static final WorkTimes.Range IMAGE_MS = new WorkTimes.Range(1_000, 2_000);
  private static final String TEXT_MODEL = "gemini-3.5-flash-lite";
  private static final String LOCAL_TEXT = "local-text";
  private static final String IMAGE_MODEL = "gpt-image-2.5-flare";
  private static final String SHARED_DRIVE = "0AsimulatorSharedDrive";

  private SlideshowBenchmark() {}

  /**
   * @param arguments the number of links, 1 to 100; 100 by default. {@code folder} after it
   *     delivers into a local folder instead of the simulator's Drive, {@code local-text} has the
   *     built-in model write the texts, at the same limit
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int links = arguments.length == 0 ? DEFAULT_LINKS : links(arguments[0]);
    List<String> words = List.of(arguments);
    boolean drive = !words.contains("folder");
    String textModel = words.contains(LOCAL_TEXT) ? LOCAL_TEXT : TEXT_MODEL;
    PrintStream out = System.out;
    out.printf(
        "slideshow: %d links × 6 variations × %d slides = %d analyses and %d images%n"
            + "limits: %d texts of %s a minute (%d to %d ms each), %d images a minute (%d to %d ms each),"
            + " %s; a margin of %s%n"
            + "caps: 5 analyses, %d images, 8 uploads at once%n%s%n",
        links,
        SlideshowRun.SLIDES,
        links * 6,
        links * 6 * SlideshowRun.SLIDES,
        TEXTS_PER_MINUTE,
        textModel,
        TEXT_MS.minMs(),
        TEXT_MS.maxMs(),
        IMAGES_PER_MINUTE,
        IMAGE_MS.minMs(),
        IMAGE_MS.maxMs(),
        drive ? "a Drive that takes 1 s for each call" : "a local folder",
        MARGIN,
        3 * IMAGE_PERMITS,
        Conditions.machine());
    boolean met = run(links, drive, textModel, out);
    System.exit(met ? 0 : 1);
  }

  private static int links(String argument) {
    int links = argument.matches("\\d{1,3}") ? Integer.parseInt(argument) : 0;
    if (links < 1 || links > DEFAULT_LINKS) {
      System.err.printf("%s is no number of links from 1 to %d.%n", argument, DEFAULT_LINKS);
      System.exit(2);
    }
    return links;
  }

  private static boolean run(int links, boolean drive, String textModel, PrintStream out)
      throws IOException, InterruptedException {
    Path home = Path.of("system-tests", "target", "bench", "slideshow").toAbsolutePath();
    Path account = home.resolveSibling("slideshow-account.json");
    Files.createDirectories(account.getParent());
    try (Simulator simulator = Simulator.start(limited())) {
      DriveAccount.write(account, simulator.baseUrl());
      SystemSetup setup = setup(simulator, drive ? account : null);
      try (SystemUnderTest system = SystemUnderTest.start(home, setup, line -> {})) {
        SlideshowRun.Seen seen = new SlideshowRun(system, textModel, IMAGE_MODEL).measure(links);
        Set<String> tree =
            drive
                ? SlideshowFigures.driveTree(simulator)
                : SlideshowFigures.folderTree(system.drive());
        SlideshowFigures figures = new SlideshowFigures(seen, simulator, TEXTS_PER_MINUTE, tree);
        out.print(figures);
        return figures.met();
      }
    } finally {
      Files.deleteIfExists(account);
    }
  }

  private static SimulatorSettings limited() {
    SimulatorSettings usual = SimulatorSettings.defaults();
    return usual
        .with(
            Vendor.GEMINI,
            usual
                .of(Vendor.GEMINI)
                .with(new LimitSettings(TEXTS_PER_MINUTE, MINUTE_MS, 50, true))
                .with(TEXT_MS))
        .with(
            Vendor.OPENAI,
            usual
                .of(Vendor.OPENAI)
                .with(new LimitSettings(IMAGES_PER_MINUTE, MINUTE_MS, 50, true))
                .with(IMAGE_MS))
        .with(Vendor.DRIVE, usual.of(Vendor.DRIVE).with(new WorkTimes.Range(DRIVE_MS, DRIVE_MS)));
  }

  private static SystemSetup setup(Simulator simulator, @Nullable Path driveAccount) {
    String gemini = "kombine.providers.gemini.gemini.";
    String openAi = "kombine.providers.openai.openai.";
    SystemSetup setup =
        SystemSetup.plain()
            .with("batch-api", "kombine.gemini.enabled", "true")
            .with("batch-api", "kombine.openai.enabled", "true")
            .with("i2i-worker", gemini + "api-key", "bench")
            .with("i2i-worker", gemini + "base-url", simulator.baseUrl().toString())
            .with("i2i-worker", openAi + "api-key", "bench")
            .with("i2i-worker", openAi + "base-url", simulator.baseUrl() + "/v1")
            .withWorkers(
                "kombine.accounts.gemini.requests-per-window", Integer.toString(TEXTS_PER_MINUTE))
            .withWorkers("kombine.accounts.gemini.margin", MARGIN)
            .withWorkers(
                "kombine.accounts.local.requests-per-window", Integer.toString(TEXTS_PER_MINUTE))
            .with("i2i-worker", "kombine.providers.local.latency", TEXT_MS.minMs() + "ms")
            .withWorkers(
                "kombine.accounts.openai.requests-per-window", Integer.toString(IMAGES_PER_MINUTE))
            .withWorkers("kombine.accounts.openai.margin", MARGIN);
    for (String service :
        new String[] {"batch-api", "i2i-worker", "i2v-worker", "drive-uploader"}) {
      setup =
          setup.with(
              service, "kombine.stages.i2i.permits-per-partition", Integer.toString(IMAGE_PERMITS));
    }
    if (driveAccount == null) {
      return setup;
    }
    String google = "kombine.drive.google.";
    return setup
        .with("drive-uploader", "kombine.drive.kind", "google")
        .with("drive-uploader", google + "root-folder-id", SHARED_DRIVE)
        .with("drive-uploader", google + "credentials-file", driveAccount.toString())
        .with("drive-uploader", google + "base-url", simulator.baseUrl().toString());
  }
}
