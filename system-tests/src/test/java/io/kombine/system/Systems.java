package io.kombine.system;

import io.kombine.local.process.StackProcess;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The system that tests run against. One runs at a time: tests that ask for an equal setup share
 * it, and find all of its processes running.
 */
final class Systems {

  private static final AtomicInteger STARTED = new AtomicInteger();
  private static @Nullable SystemUnderTest current;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Systems::end));
  }

  private Systems() {}

  /**
   * What most tests need: two gateways, calls of {@code sleep} that take 300 ms (prompts with
   * {@code [slow]}: 8 s), prompts that fail on purpose, and short clips of scenes.
   */
  static SystemSetup usual() {
    return SystemSetup.plain()
        .replicas("gateway", 2)
        .with("batch-api", "kombine.scenes.video-resolution", "480p")
        .with("batch-api", "kombine.scenes.video-seconds", "1")
        .withWorkers("kombine.bench-providers.sleep", "300ms")
        .withWorkers("kombine.bench-providers.slow-sleep", "8s")
        .withWorkers("kombine.bench-providers.hard-timeout", "15s")
        .withWorkers("kombine.providers.local.hard-timeout", "15s")
        .withWorkers("kombine.claims.lease", "5s");
  }

  /** A running system of that setup. */
  static synchronized SystemUnderTest running(SystemSetup setup) {
    SystemUnderTest system = current;
    if (system != null && !system.setup().equals(setup)) {
      current = null;
      system.close();
      system = null;
    }
    if (system == null) {
      Path home = Path.of("target", "systems", Integer.toString(STARTED.incrementAndGet()));
      system = SystemUnderTest.start(home, setup, System.out::println);
      current = system;
    } else if (!system.stack().processes().stream().allMatch(StackProcess::isReady)) {
      system.stack().start();
    }
    return system;
  }

  private static synchronized void end() {
    if (current != null) {
      current.stack().kill();
      current.close();
    }
  }
}
