package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kombine.local.client.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BadInputIT extends SystemTest {

  private static final List<String> ONE = List.of("one");

  @Test
  void badRequestsAreProblemsThatNameTheFieldAndMakeNoBatch() throws Exception {
    List<String> source = sources(1);
    String newest = newestBatch();

    assertRefused(order(List.of(), ONE), "source_images");
    assertRefused(order(Collections.nCopies(11, source.getFirst()), ONE), "source_images");
    assertRefused(
        order(source, ONE).replaceFirst("\"prompts\":\\[[^]]*]", "\"prompts\":[]"),
        "i2i_config.prompts");
    assertRefused(order(source, Collections.nCopies(11, "x")), "i2i_config.prompts");
    assertRefused(
        order(source, ONE).replace("bench-image-sleep", "no-such-model"), "i2i_config.model");
    assertRefused(
        order(source, ONE).replace("\"duration_sec\":1", "\"duration_sec\":-1"),
        "i2v_config.duration_sec");
    assertRefused(
        order(source, ONE).replace("\"images_per_prompt\":1", "\"images_per_prompt\":\"many\""),
        "i2i_config.images_per_prompt");
    assertRefused(order(List.of("http://127.0.0.1:1/a.png"), ONE), "source_images[0]");
    assertRefused(order(List.of("/api/artifacts/" + UUID.randomUUID()), ONE), "source_images[0]");

    assertThat(newestBatch()).isEqualTo(newest);
  }

  @Test
  void anUploadThatIsNoImageIsRefused() throws Exception {
    Path text = Files.writeString(scratch.resolve("picture.png"), "no picture at all");

    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> client.upload(List.of(text)));

    assertThat(problem.status()).isBetween(400, 499);
  }

  @Test
  void anIdempotencyKeyMakesOneBatchAndRefusesAnotherBody() throws Exception {
    String body = order(sources(1), ONE);
    String key = UUID.randomUUID().toString();

    UUID first = client.submit(body, key);

    assertThat(client.submit(body, key)).isEqualTo(first);
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class, () -> client.submit(body.replace("Bad", "Other"), key));
    assertThat(problem.status()).isEqualTo(422);
    awaitEnd(first);
  }

  private void assertRefused(String body, String field) {
    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> client.submit(body, null));
    assertThat(problem).as(body).isNotNull();
    assertThat(problem.status()).as("%s", problem.problem()).isBetween(400, 499);
    assertThat(String.valueOf(problem.problem())).contains("\"" + field);
  }

  private String newestBatch() throws Exception {
    return client.get("/api/batches?limit=1").path("batches").path(0).path("batch_id").asString("");
  }

  private static String order(List<String> sources, List<String> prompts) {
    return PipelineOrder.bench("Bad input", "sleep", sources, prompts, ONE).json();
  }
}
