package io.kombine.worker.consume;

import io.kombine.worker.crash.CrashPoint;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each task that has a permit on a virtual thread and does with its record what the handler
 * said. Whatever happens, the task ends finished or waits again, and its permit comes back.
 */
final class TaskRunner {

  private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);

  /** why: a pause of zero would make a waiting task spin */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

  /** why: a pause is a guess of when to look again, and a wrong one shall not strand the record */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final String stage;
  private final PermitPool pool;
  private final TaskHandler handler;
  private final DeadLetters deadLetters;
  private final ConsumeProperties properties;

  TaskRunner(
      String stage,
      PermitPool pool,
      TaskHandler handler,
      DeadLetters deadLetters,
      ConsumeProperties properties) {
    this.stage = stage;
    this.pool = pool;
    this.handler = handler;
    this.deadLetters = deadLetters;
    this.properties = properties;
  }

  /** Begins to hand out permits, until the pool drains. */
  void start() {
    Thread.ofPlatform().daemon().name("kombine-" + stage + "-permits").start(this::handOut);
  }

  private void handOut() {
    Thread.Builder tasks = Thread.ofVirtual().name("kombine-" + stage + "-", 1);
    try {
      for (HeldPermit permit = pool.take(); permit != null; permit = pool.take()) {
        HeldPermit held = permit;
        tasks.start(() -> run(held));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(HeldPermit permit) {
    Task task = permit.task();
    boolean parks = true;
    try {
      switch (handle(task, permit)) {
        case TaskResult.Finished() -> {
          CrashPoint.RECORD_HANDLED.reached(task);
          task.finish();
          parks = false;
        }
        case TaskResult.Park(Duration pause) -> task.park(within(pause));
      }
    } finally {
      pool.end(permit, parks);
    }
  }

  private TaskResult handle(Task task, HeldPermit permit) {
    try {
      TaskResult result = handler.handle(task.message(), permit);
      task.answered();
      return result;
    } catch (IllegalRecordException e) {
      permit.release();
      return deadLetter(task, e);
    } catch (Throwable e) {
      // why Throwable: even an error in linking must neither lose the record nor keep the permit
      return failed(task, e);
    }
  }

  private TaskResult deadLetter(Task task, IllegalRecordException illegal) {
    try {
      String reason = illegal.getMessage();
      deadLetters.publish(task.message(), reason == null ? "no reason given" : reason);
      return TaskResult.finished();
    } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
      return failed(task, e);
    }
  }

  private TaskResult failed(Task task, Throwable why) {
    int failures = task.failed();
    Duration pause = properties.pauseAfter(failures);
    if (failures == 1) {
      log.warn("{} of stage {} failed, again in {}", task, stage, pause, why);
    } else {
      log.warn(
          "{} of stage {} failed {} times, again in {}: {}",
          task,
          stage,
          failures,
          pause,
          why.toString());
    }
    return TaskResult.park(pause);
  }

  private static Duration within(Duration pause) {
    if (pause.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
