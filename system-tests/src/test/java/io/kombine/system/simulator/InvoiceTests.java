package io.kombine.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.local.money.Bill;
import io.kombine.local.money.InvoiceFile;
import io.kombine.system.simulator.call.KeyId;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InvoiceTests {

  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorSettings.defaults());
    caller = new Caller(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void jsonNamesStepKeyAndAmountOfEachCall() {
    caller.edit("a hat", "step-1");
    caller.edit("a hat", "step-1");
    caller.edit("a cap", "step-2");
    JsonNode invoice = caller.get("/control/invoice", "none").json();
    assertThat(invoice.path("lines").size()).isEqualTo(3);
    JsonNode line = invoice.at("/lines/0");
    assertThat(line.path("vendor").asString()).isEqualTo("openai");
    assertThat(line.path("operation").asString()).isEqualTo("images.edit");
    assertThat(line.path("step").asString()).isEqualTo("step-1");
    assertThat(line.path("key_id").asString()).isEqualTo(KeyId.of("key-a"));
    assertThat(line.path("fingerprint")).isEqualTo(invoice.at("/lines/1/fingerprint"));
    assertThat(line.path("fingerprint")).isNotEqualTo(invoice.at("/lines/2/fingerprint"));
    assertThat(invoice.path("total").decimalValue())
        .isEqualByComparingTo(simulator.invoice().total());
    assertThat(caller.get("/control/invoice?step=step-2", "none").json().path("lines").size())
        .isEqualTo(1);
  }

  @Test
  void csvKeepsFormulasAndQuotesHarmless() {
    caller.edit("a hat", "=1+1,\"x\"");
    String csv = caller.get("/control/invoice.csv", "none").text();
    assertThat(csv.lines()).hasSize(2);
    assertThat(csv).contains("\"'=1+1,\"\"x\"\"\"").startsWith("number,time,vendor");
  }

  @Test
  void attemptsOfAStepHaveItsId() {
    String id = "01931d2f-0000-7000-8000-0123456789ab";
    caller.edit("a hat", id + ":1");
    caller.edit("a hat", id + "-2");
    assertThat(simulator.invoice().linesOf(id)).hasSize(2);
    assertThat(caller.get("/control/invoice.csv", "none").text())
        .contains("\"" + id + ":1\",\"" + id + "\"");
  }

  @Test
  void reconcileReadsTheCsvAsItIs(@TempDir Path directory) throws IOException {
    String id = "01931d2f-0000-7000-8000-0123456789ab";
    caller.edit("a hat", id + "-1");
    caller.edit("a hat", id + "-2");
    Path file = directory.resolve("invoice.csv");
    Files.write(file, caller.get("/control/invoice.csv", "none").body());
    Bill bill = InvoiceFile.read(file).bills().get(id);
    assertThat(bill.calls()).isEqualTo(2);
    assertThat(bill.amount()).isEqualByComparingTo(simulator.invoice().total());
  }

  @Test
  void pricesAreConfigured() {
    String prices = "[{\"item\":\"openai:image:*:medium:*\",\"amount\":0.002}]";
    assertThat(caller.send("PUT", "/control/prices", "none", prices).status()).isEqualTo(204);
    caller.edit("a hat", "step-1");
    assertThat(simulator.invoice().total()).isEqualByComparingTo(new BigDecimal("0.002"));
  }

  @Test
  void resetForgetsCallsAndNumbersGoOn() {
    caller.edit("a hat", "step-1");
    assertThat(caller.send("POST", "/control/reset", "none", "").status()).isEqualTo(204);
    assertThat(simulator.invoice().lines()).isEmpty();
    assertThat(simulator.stats().keys()).isEmpty();
    caller.edit("a hat", "step-2");
    assertThat(simulator.invoice().lines().getFirst().number()).isEqualTo(2);
  }
}
