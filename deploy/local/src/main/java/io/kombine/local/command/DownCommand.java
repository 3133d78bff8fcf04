package io.kombine.local.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Ends the stack. */
@Command(
    name = "down",
    description = "End all services, Kafka and PostgreSQL; their data stays.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @ParentCommand private KombineCommand kombine = new KombineCommand();

  @Override
  public Integer call() {
    List<String> killed = kombine.stack().build().stop();
    kombine.out().println(killed.isEmpty() ? "Kombine is down." : "Kombine is down, by force.");
    return 0;
  }
}
