package io.kombine.worker.step;

import io.kombine.contracts.RunStep;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps whose call this process has under way: says so again every 30 s, so that batch-api does
 * not take a long call for a lost one. No more than there are permits.
 */
final class RunningSteps implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RunningSteps.class);

  private static final Duration REPEAT = Duration.ofSeconds(30);

  private final Map<UUID, RunStep> running = new ConcurrentHashMap<>();
  private final StepReports reports;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("running-steps").factory());

  RunningSteps(StepReports reports) {
    this.reports = reports;
    timer.scheduleAtFixedRate(
        this::repeat, REPEAT.toMillis(), REPEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  void begun(RunStep step) {
    running.put(step.stepId(), step);
    reports.running(step);
  }

  void ended(RunStep step) {
    running.remove(step.stepId());
  }

  private void repeat() {
    try {
      running.values().forEach(reports::running);
    } catch (RuntimeException e) {
      // why only said: the next round comes, and batch-api waits for several
      log.warn("Running steps could not be reported: {}", e.toString());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
