package io.kombine.local.command;

import io.kombine.local.LocalStack;
import io.kombine.local.client.FolderTree;
import io.kombine.local.client.KombineClient;
import io.kombine.local.client.ProgressLine;
import io.kombine.local.client.Watch;
import io.kombine.local.process.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows all of it once: 3 photographs × 2 image prompts × 2 motion prompts. */
@Command(
    name = "demo",
    description = "Start the stack and run 3 photographs × 2 image prompts × 2 motion prompts.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  private static final String SAMPLES = "deploy/local/samples";
  private static final List<String> IMAGE_PROMPTS =
      List.of("at sunset, warm golden light", "a watercolor painting on rough paper");
  private static final List<String> MOTION_PROMPTS =
      List.of("slow zoom in", "pan from left to right");

  @ParentCommand private KombineCommand kombine = new KombineCommand();

  @Override
  public Integer call() throws InterruptedException {
    LocalStack stack = kombine.stack().build();
    UpCommand.start(stack, false, kombine);
    try (KombineClient client = new KombineClient(stack.baseUrl())) {
      return run(stack, client);
    } catch (IOException e) {
      throw new StackException("The demo broke off: " + e);
    }
  }

  private int run(LocalStack stack, KombineClient client) throws IOException, InterruptedException {
    PrintWriter out = kombine.out();
    ObjectNode pipeline = pipeline(client.upload(samples(kombine.settings().root())));
    JsonNode estimate = client.estimate(pipeline.toString());
    JsonNode counts = estimate.path("counts");
    out.printf(
        "Quote: %d images and %d videos for %s %s%n",
        counts.path("images").asInt(),
        counts.path("videos").asInt(),
        estimate.path("cost").path("total").decimalValue().toPlainString(),
        estimate.path("cost").path("currency").asString());
    out.flush();
    pipeline.set("quote_id", estimate.path("quote_id"));
    long began = System.nanoTime();
    UUID batchId = client.submit(pipeline.toString(), null);
    JsonNode end =
        new Watch(client, new ProgressLine(out, System.console() != null)).toTheEnd(batchId);
    double seconds = (System.nanoTime() - began) / 1e9;

    String folder = end.path("delivery").path("folder_url").asString("");
    if (folder.startsWith("file:")) {
      out.println();
      new FolderTree(out).print(Path.of(URI.create(folder)));
    }
    JsonNode cost = end.path("cost");
    BigDecimal quoted = cost.path("quoted").decimalValue();
    BigDecimal spent = cost.path("spent").decimalValue();
    out.printf(
        Locale.ROOT,
        "%n%s in %.1f s: %d of %d steps, cost %s %s, quoted %s %s%n",
        end.path("status").asString(),
        seconds,
        end.path("counts").path("succeeded").asInt(),
        end.path("counts").path("total").asInt(),
        spent.toPlainString(),
        cost.path("currency").asString(),
        quoted.toPlainString(),
        cost.path("currency").asString());
    URI base = stack.baseUrl();
    out.println("Console       " + base);
    out.println("Batch         " + base.resolve("/api/batches/" + batchId));
    out.println("Pipeline      " + base.resolve("/api/pipelines/" + batchId));
    out.println("All as a zip  " + base.resolve("/api/batches/" + batchId + "/download"));
    out.println("Folder        " + folder);
    out.println("The stack goes on running; ./kombine down ends it.");
    out.flush();
    return end.path("status").asString().equals("COMPLETED") && spent.compareTo(quoted) == 0
        ? 0
        : 2;
  }

  private static ObjectNode pipeline(List<String> sources) {
    JsonMapper json = JsonMapper.builder().build();
    ObjectNode pipeline = json.createObjectNode().put("name", "Demo");
    sources.forEach(pipeline.putArray("source_images")::add);
    ObjectNode images = pipeline.putObject("i2i_config").put("enabled", true);
    IMAGE_PROMPTS.forEach(images.putArray("prompts")::add);
    images.put("model", "local-image").put("images_per_prompt", 1);
    ObjectNode videos = pipeline.putObject("i2v_config");
    MOTION_PROMPTS.forEach(videos.putArray("prompts")::add);
    videos.put("model", "local-video").put("resolution", "480p").put("duration_sec", 4);
    return pipeline;
  }

  private static List<Path> samples(Path root) throws IOException {
    try (Stream<Path> found = Files.list(root.resolve(SAMPLES))) {
      return found
          .filter(file -> file.toString().matches(".*\\.(png|jpe?g|webp)"))
          .sorted()
          .limit(3)
          .toList();
    }
  }
}
