package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.RequestAccepted;
import io.kombine.testing.TestKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in docs/samples, compiled and run as their page says. */
class KafkaSamplesIT extends DoorIT {

  private static final Path SAMPLES = Path.of("..", "docs", "samples");
  private static final long PATIENCE_SECONDS = 120;

  @TempDir Path scratch;

  private record Ended(int status, String output) {}

  @Test
  void aRequestIsSentAndItsRepliesReadToTheEnd() throws Exception {
    String id = KafkaDoor.newId();
    Path body = Files.writeString(scratch.resolve("body.json"), pipeline(List.of(uploaded(1))));
    Ended sent = run("RequestProducer", KafkaDoor.TOPIC, id, "pipeline", body.toString());
    assertThat(sent.status()).as(sent.output()).isZero();
    var accepted = (RequestAccepted) kafka.first(id).message();
    jdbc.sql("UPDATE batches SET finished_at = now(), status = 'CANCELLED' WHERE batch_id = ?")
        .param(accepted.batchId())
        .update();

    Ended read = run("ReplyReader", id, Long.toString(PATIENCE_SECONDS / 2));

    assertThat(read.status()).as(read.output()).isZero();
    assertThat(read.output())
        .contains("io.kombine.generation.accepted ", "io.kombine.generation.finished ");
  }

  @Test
  void aRejectionEndsTheReader() throws Exception {
    String id = KafkaDoor.newId();
    Path body = Files.writeString(scratch.resolve("body.json"), "{}");
    assertThat(run("RequestProducer", KafkaDoor.TOPIC, id, "pipeline", body.toString()).status())
        .isZero();

    Ended read = run("ReplyReader", id, Long.toString(PATIENCE_SECONDS / 2));

    assertThat(read.status()).as(read.output()).isOne();
    assertThat(read.output()).contains("urn:kombine:problem:invalid-request");
  }

  private Ended run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SAMPLES.resolve(program + ".java").toString());
    command.add(TestKafka.bootstrapServers());
    command.addAll(List.of(arguments));
    Path output = scratch.resolve(program + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("%s ends", program)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}
