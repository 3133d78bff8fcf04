package io.kombine.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One process of a stack, whoever started it: this launcher or an earlier one.
 *
 * <p>Started processes lead a session of their own: they outlive the launcher, and a Ctrl-C meant
 * for the launcher does not reach them. Starting and killing exclude each other; beyond that, one
 * thread at a time may use an instance.
 */
public final class StackProcess {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);
  private static final int LOG_LINES_IN_MESSAGES = 15;
  private static final int PORT_LOOKS = 50;

  private final Program program;
  private final RunFile runFile;
  private @Nullable Path console;
  private @Nullable Process started;

  /**
   * @param program what runs
   * @param runDirectory existing directory for the note of process id and start time
   */
  public StackProcess(Program program, Path runDirectory) {
    this.program = program;
    this.runFile = new RunFile(runDirectory.resolve(program.name() + ".pid"));
  }

  public String name() {
    return program.name();
  }

  public int port() {
    return program.port();
  }

  public Path log() {
    return program.log();
  }

  public boolean isAlive() {
    return runFile.process().isPresent();
  }

  /** Whether somebody ended the process in an orderly way, or never started it. */
  public boolean wasStopped() {
    return !runFile.exists();
  }

  /** Whether the process runs and does its work. */
  public boolean isReady() {
    return isAlive() && program.isReady();
  }

  public OptionalLong pid() {
    return runFile.process().map(p -> OptionalLong.of(p.pid())).orElseGet(OptionalLong::empty);
  }

  /** What the process exited with, where this object has started it and it is gone. */
  public OptionalInt exitCode() {
    Process last = started;
    return last == null || last.isAlive() ? OptionalInt.empty() : OptionalInt.of(last.exitValue());
  }

  /**
   * A sentence about another program that holds the port, if one does while this process does not
   * run.
   */
  public Optional<String> portProblem() {
    if (isAlive() || !Ports.isTaken(program.port()) || isFreedByItsLastRun()) {
      return Optional.empty();
    }
    return Optional.of(
        "Port %d, which %s needs, is taken by another program; free it or set %s to another port."
            .formatted(program.port(), name(), program.portVariable()));
  }

  /**
   * why: of a process that was killed a moment ago some threads may still hold its port. At most
   * {@value #PORT_LOOKS} looks, 100 ms apart.
   */
  private boolean isFreedByItsLastRun() {
    boolean ranHere = started != null || runFile.exists();
    for (int looks = 0; ranHere && looks < PORT_LOOKS; looks++) {
      LockSupport.parkNanos(POLL.toNanos());
      if (!Ports.isTaken(program.port())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Starts the process and returns at once; does nothing when it runs already.
   *
   * @throws StackException when its port is taken or it cannot be started
   */
  public synchronized void start() {
    if (isAlive()) {
      return;
    }
    portProblem()
        .ifPresent(problem -> {
          throw new StackException(problem);
        });
    try {
      Launch launch = program.prepare();
      console = launch.console();
      Files.createDirectories(launch.console().toAbsolutePath().getParent());
      ProcessBuilder builder =
          new ProcessBuilder(Session.detached(launch.command()))
              .directory(launch.directory().toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(launch.console().toFile());
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(Session::isLauncherVariable);
      environment.putAll(launch.environment());
      Process process = builder.start();
      started = process;
      runFile.write(process.toHandle(), program.port());
    } catch (IOException e) {
      throw new StackException("%s cannot be started: %s".formatted(name(), e.getMessage()), e);
    }
  }

  /**
   * Waits until the program does its work.
   *
   * @throws StackException when it ends or is not ready within {@link Program#readyWithin()}; the
   *     message holds its last log lines
   */
  public void awaitReady() {
    long deadline = System.nanoTime() + program.readyWithin().toNanos();
    while (!program.isReady()) {
      if (!isAlive()) {
        throw new StackException(
            "%s ended while it was starting.%s".formatted(name(), lastWords()));
      }
      if (System.nanoTime() > deadline) {
        throw new StackException(
            "%s was not ready within %d s.%s"
                .formatted(name(), program.readyWithin().toSeconds(), lastWords()));
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /**
   * Asks the process to end, waits {@link Program#stopWithin()} and then kills it.
   *
   * @return whether it ended by itself; true also when it did not run
   */
  public boolean stop() {
    Optional<ProcessHandle> running = runFile.process();
    if (running.isEmpty()) {
      runFile.delete();
      return true;
    }
    ProcessHandle process = running.get();
    // why CONT first: a process that was suspended would not see the request
    Signal.CONT.sendTo(process.pid());
    program.stopSignal().sendTo(process.pid());
    boolean orderly = awaitEnd(process, program.stopWithin());
    if (!orderly) {
      kill();
    }
    runFile.delete();
    return orderly;
  }

  /**
   * Kills the process and its children at once, as {@code kill -9} does, and waits until they are
   * gone.
   */
  public synchronized void kill() {
    runFile
        .process()
        .ifPresent(process -> {
          List<ProcessHandle> family = process.descendants().toList();
          Signal.KILL.sendTo(process.pid());
          family.forEach(child -> Signal.KILL.sendTo(child.pid()));
          awaitEnd(process, KILLED_WITHIN);
          family.forEach(child -> awaitEnd(child, KILLED_WITHIN));
        });
  }

  /** Stops the process in its tracks, as SIGSTOP does, until {@link #resume()}. */
  public void suspend() {
    runFile.process().ifPresent(process -> Signal.STOP.sendTo(process.pid()));
  }

  public void resume() {
    runFile.process().ifPresent(process -> Signal.CONT.sendTo(process.pid()));
  }

  private static boolean awaitEnd(ProcessHandle process, Duration bound) {
    long deadline = System.nanoTime() + bound.toNanos();
    while (RunFile.runs(process)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      try {
        process.onExit().get(POLL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // why go on: a zombie of another parent never exits for Java; runs() sees through it
        continue;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private String lastWords() {
    String ofConsole = console == null ? "" : LogTail.of(console, LOG_LINES_IN_MESSAGES);
    return ofConsole + LogTail.of(program.log(), LOG_LINES_IN_MESSAGES);
  }
}
