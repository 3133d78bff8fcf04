package io.kombine.local.command;

import io.kombine.local.LocalStack;
import io.kombine.local.process.StackProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Shows which processes of the stack run. */
@Command(
    name = "status",
    description = "Show each process of the stack; exit code 3 unless all are ready.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  private static final int NOT_ALL_READY = 3;

  @ParentCommand private KombineCommand kombine = new KombineCommand();

  @Override
  public Integer call() {
    LocalStack stack = kombine.stack().build();
    boolean allReady = true;
    kombine.out().printf("%-16s %-12s %8s %6s  %s%n", "process", "state", "pid", "port", "log");
    for (StackProcess process : stack.processes()) {
      boolean ready = process.isReady();
      String state = ready ? "ready" : process.isAlive() ? "not ready" : "down";
      String pid = process.pid().isPresent() ? Long.toString(process.pid().getAsLong()) : "-";
      kombine
          .out()
          .printf(
              "%-16s %-12s %8s %6d  %s%n",
              process.name(), state, pid, process.port(), process.log());
      allReady &= ready;
    }
    return allReady ? 0 : NOT_ALL_READY;
  }
}
