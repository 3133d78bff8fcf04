package io.kombine.local.command;

import io.kombine.local.LocalStack;
import io.kombine.local.process.LogTail;
import io.kombine.local.process.StackProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints the ends of logs, or follows them. */
@Command(
    name = "logs",
    description = "Print the end of one log, or of all.",
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

  private static final int LINES_OF_ONE = 200;
  private static final int LINES_OF_EACH = 10;

  @ParentCommand private KombineCommand kombine = new KombineCommand();

  @Parameters(arity = "0..1", paramLabel = "PROCESS", description = "kafka, postgres or a service")
  private @Nullable String name;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on printing what is added, until Ctrl-C.")
  private boolean follow;

  @Override
  public Integer call() throws IOException, InterruptedException {
    LocalStack stack = kombine.stack().build();
    List<StackProcess> shown = name == null ? stack.processes() : List.of(stack.process(name));
    if (follow) {
      // why tail: it follows files through their rotation
      List<String> tail = new ArrayList<>(List.of("tail", "-n", "20", "-F"));
      shown.forEach(process -> tail.add(process.log().toString()));
      return new ProcessBuilder(tail).inheritIO().start().waitFor();
    }
    for (StackProcess process : shown) {
      if (name == null) {
        kombine.out().printf("== %s (%s)%n", process.name(), process.log());
      }
      LogTail.lines(process.log(), name == null ? LINES_OF_EACH : LINES_OF_ONE)
          .forEach(kombine.out()::println);
    }
    return 0;
  }
}
