package io.kombine.local.command;

import io.kombine.local.LocalStack;
import io.kombine.local.client.KombineClient;
import io.kombine.local.client.LocalSources;
import io.kombine.local.client.ProblemException;
import io.kombine.local.client.ProgressLine;
import io.kombine.local.client.Watch;
import io.kombine.local.process.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/** Submits a pipeline. */
@Command(
    name = "submit",
    description = "Submit a pipeline request; sources that name files are uploaded first.",
    mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {

  @ParentCommand private KombineCommand kombine = new KombineCommand();

  @Parameters(paramLabel = "FILE", description = "The request as JSON, as of /api/pipelines/bulk.")
  private Path file = Path.of("");

  @Option(names = "--watch", description = "Stay and show progress until the batch has ended.")
  private boolean watch;

  @Option(
      names = "--idempotency-key",
      description = "Submitting again with the same key makes no second batch.")
  private @Nullable String idempotencyKey;

  @Override
  public Integer call() throws InterruptedException {
    LocalStack stack = kombine.stack().build();
    PrintWriter out = kombine.out();
    try (KombineClient client = new KombineClient(stack.baseUrl())) {
      UUID batchId = client.submit(new LocalSources(client).read(file).toString(), idempotencyKey);
      out.println("Batch " + batchId + "  " + stack.baseUrl().resolve("/api/batches/" + batchId));
      out.flush();
      if (!watch) {
        return 0;
      }
      JsonNode end =
          new Watch(client, new ProgressLine(out, System.console() != null)).toTheEnd(batchId);
      return end.path("status").asString().equals("COMPLETED") ? 0 : 2;
    } catch (ProblemException e) {
      JsonNode problem = e.problem();
      throw new StackException(
          "Refused with status %d: %s"
              .formatted(e.status(), problem == null ? e.getMessage() : problem.toPrettyString()));
    } catch (IOException e) {
      throw new StackException(
          "The gateway at %s cannot be used: %s. Is the stack up? (./kombine up)"
              .formatted(stack.baseUrl(), e.getMessage() == null ? e : e.getMessage()));
    }
  }
}
