package io.kombine.local.command;

import io.kombine.local.LocalStack;
import io.kombine.local.process.StackProcess;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Starts the stack. */
@Command(
    name = "up",
    description = "Start Kafka, PostgreSQL and all services, and leave them running.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  @ParentCommand private KombineCommand kombine = new KombineCommand();

  @Option(
      names = "--fresh",
      description = "End what runs and throw away all data first, delivered files included.")
  private boolean fresh;

  @Option(
      names = "--foreground",
      description = "Stay; end everything on Ctrl-C, or when a process ends by itself.")
  private boolean foreground;

  @Override
  public Integer call() throws InterruptedException {
    LocalStack stack = kombine.stack().build();
    start(stack, fresh, kombine);
    if (foreground) {
      new Foreground(stack).stay();
    }
    return 0;
  }

  /** Starts the stack and says where it is; a Ctrl-C meanwhile ends what was started. */
  static void start(LocalStack stack, boolean fresh, KombineCommand kombine) {
    if (fresh) {
      stack.stop();
      stack.deleteData();
    }
    long started = System.nanoTime();
    AtomicBoolean done = new AtomicBoolean();
    boolean untouched = stack.processes().stream().noneMatch(StackProcess::isAlive);
    Thread undo = new Thread(() -> endUnless(done, untouched, stack), "end-what-was-started");
    Runtime.getRuntime().addShutdownHook(undo);
    try {
      stack.start();
    } finally {
      done.set(true);
    }
    kombine
        .out()
        .printf(
            "Kombine is ready after %.1f s at %s%n",
            (System.nanoTime() - started) / 1e9, stack.baseUrl());
    kombine.out().flush();
  }

  private static void endUnless(AtomicBoolean done, boolean untouched, LocalStack stack) {
    if (!done.get() && untouched) {
      stack.abort();
    }
  }
}
