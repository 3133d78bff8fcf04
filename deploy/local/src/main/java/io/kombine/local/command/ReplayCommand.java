package io.kombine.local.command;

import io.kombine.local.LocalStack;
import io.kombine.local.replay.DeadLetters;
import io.kombine.local.replay.DeadLetters.Replayed;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Puts a topic's dead letters back. */
@Command(
    name = "replay",
    description = "Put the dead letters of a topic back onto it, each once.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  private static final String SUFFIX = "-dlt";

  @ParentCommand private KombineCommand kombine = new KombineCommand();

  @Parameters(paramLabel = "TOPIC", description = "The topic they came from, such as steps.i2i.")
  private String topic = "";

  @Override
  public Integer call() {
    LocalStack stack = kombine.stack().build();
    String target =
        topic.endsWith(SUFFIX) ? topic.substring(0, topic.length() - SUFFIX.length()) : topic;
    Replayed replayed = new DeadLetters(stack.bootstrapServers()).replay(target);
    PrintWriter out = kombine.out();
    out.printf("%d records are back on %s.%n", replayed.records(), target);
    if (!replayed.batches().isEmpty()) {
      out.println("Steps that failed for their dead letters run again after:");
      for (String batch : replayed.batches()) {
        out.println(
            "  curl -X POST " + stack.baseUrl().resolve("/api/batches/" + batch + "/retry-failed"));
      }
    }
    out.flush();
    return 0;
  }
}
