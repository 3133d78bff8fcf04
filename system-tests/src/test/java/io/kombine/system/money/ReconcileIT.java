package io.kombine.system.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.local.StackSettings;
import io.kombine.system.SystemSetup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The command as people run it, against a run's own invoice. */
class ReconcileIT extends OpenAiTest {

  private static final Path ROOT = StackSettings.rootAbove(Path.of(""));

  private record Said(int exit, String text) {}

  @Override
  protected SystemSetup setup() {
    // why the lease: a setup of its own is a system of its own, whose ledger has this run alone
    return openAi(SystemSetup.plain().withWorkers("kombine.claims.lease", "20s"));
  }

  @Test
  void ledgerAndInvoiceAgreeAndAPlantedDifferenceIsFound() throws Exception {
    UUID batch = submit(order("Reconciled", 2, List.of("a straw hat", "at night")));
    JsonNode status = awaitEnd(batch);
    assertThat(status.path("status").asString()).isEqualTo("COMPLETED");
    List<String> invoice = simulator().invoice().csv().lines().toList();
    Path ours = Files.write(scratch.resolve("invoice.csv"), invoice);

    Said equal = reconcile(ours);

    assertThat(equal.text()).contains("4 steps agree, 0 differ.");
    assertThat(equal.exit()).isZero();

    String line = invoice.getLast();
    String step = simulator().invoice().lines().getLast().stepId();
    List<String> twice = new ArrayList<>(invoice);
    twice.add(line);
    Said different = reconcile(Files.write(scratch.resolve("planted.csv"), twice));

    assertThat(different.text()).contains("different  " + step).contains("3 steps agree, 1 differ");
    assertThat(different.exit()).isEqualTo(4);

    Said missing =
        reconcile(
            Files.write(scratch.resolve("short.csv"), invoice.subList(0, invoice.size() - 1)));

    assertThat(missing.text()).contains("extra      " + step);
    assertThat(missing.exit()).isEqualTo(4);
  }

  private Said reconcile(Path invoice) throws Exception {
    StackSettings.Database database = system.stack().database();
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            ROOT.resolve("deploy/local/target/deploy-local-0.1.0-SNAPSHOT.jar").toString(),
            "--root",
            ROOT.toString(),
            "reconcile",
            invoice.toString());
    command
        .environment()
        .putAll(
            Map.of(
                "KOMBINE_KAFKA_BOOTSTRAP_SERVERS", system.stack().bootstrapServers(),
                "KOMBINE_POSTGRES_URL", database.jdbcUrl(),
                "KOMBINE_POSTGRES_USER", database.user(),
                "KOMBINE_POSTGRES_PASSWORD", database.password()));
    Process process =
        command
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("said.txt").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
    return new Said(
        process.exitValue(), Files.readString(scratch.resolve("said.txt"), StandardCharsets.UTF_8));
  }
}
