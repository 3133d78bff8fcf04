package io.kombine.local.command;

import io.kombine.local.LocalStack;
import io.kombine.local.LocalStackBuilder;
import io.kombine.local.StackSettings;
import io.kombine.local.process.StackException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Main class of the launcher. */
@Command(
    name = "kombine",
    description = "Runs Kombine on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      SubmitCommand.class,
      ReplayCommand.class,
      ReconcileCommand.class
    })
public final class KombineCommand implements Runnable {

  /** why: what a person has chosen for the services holds against the launcher's own choice. */
  private static final List<String> CHOOSABLE =
      List.of("KOMBINE_PUBLIC_URL", "KOMBINE_ARTIFACTS_DIRECTORY", "KOMBINE_DRIVE_LOCAL_DIRECTORY");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--root",
      hidden = true,
      scope = ScopeType.INHERIT,
      description = "The project's root directory.")
  private Path root = Path.of("");

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    IExecutionExceptionHandler sentences =
        (failure, commandLine, parsed) -> {
          if (failure instanceof StackException) {
            commandLine.getErr().println(failure.getMessage());
            return 1;
          }
          throw failure;
        };
    return new CommandLine(new KombineCommand()).setExecutionExceptionHandler(sentences);
  }

  /** Without a verb, says which there are. */
  @Override
  public void run() {
    spec.commandLine().usage(out());
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  StackSettings settings() {
    return StackSettings.of(StackSettings.rootAbove(root), System.getenv());
  }

  LocalStackBuilder stack() {
    Map<String, String> chosen = new HashMap<>(System.getenv());
    chosen.keySet().retainAll(CHOOSABLE);
    return LocalStack.builder(settings())
        .environment(chosen)
        .keepsArchives()
        .report(line -> {
          out().println(line);
          out().flush();
        });
  }
}
