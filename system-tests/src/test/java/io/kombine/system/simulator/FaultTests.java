package io.kombine.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class FaultTests {

  private final MovableClock clock = new MovableClock();
  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorSettings.defaults().by(clock));
    caller = new Caller(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static FaultRule openAi(FaultKind kind) {
    return FaultRule.of(Vendor.OPENAI, kind);
  }

  @Test
  void connectionDroppedBeforeAcceptanceIsNotBilled() {
    simulator.faults().put(openAi(FaultKind.DROP_BEFORE).times(1));
    assertThatThrownBy(() -> caller.editThrowing("a hat", "step-1"))
        .isInstanceOf(IOException.class);
    assertThat(simulator.invoice().lines()).isEmpty();
    assertThat(caller.edit("a hat", "step-1").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DROP_AFTER", "TRUNCATED"})
  void connectionDroppedAfterAcceptanceIsBilledOnce(String kind) {
    simulator.faults().put(openAi(FaultKind.of(kind)));
    assertThatThrownBy(() -> caller.editThrowing("a hat", "step-1"))
        .isInstanceOf(IOException.class);
    assertThat(simulator.invoice().linesOf("step-1")).hasSize(1);
    assertThat(simulator.invoice().total()).isPositive();
  }

  @Test
  void malformedBodyIsBilledAndIsNoJson() {
    simulator.faults().put(openAi(FaultKind.MALFORMED));
    Caller.Reply reply = caller.edit("a hat", "step-1");
    assertThat(reply.status()).isEqualTo(200);
    assertThatThrownBy(reply::json).isInstanceOf(JacksonException.class);
    assertThat(simulator.invoice().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "RATE_LIMIT, 429, rate_limit_exceeded",
    "NO_CAPACITY, 429, slow_down",
    "BILLING, 429, credit_balance_exhausted",
    "REFUSAL, 400, moderation_blocked",
    "UNAUTHORIZED, 401, invalid_api_key",
  })
  void refusalsSpeakTheVendorsWordsAndAreNotBilled(String kind, int status, String code) {
    simulator.faults().put(openAi(FaultKind.of(kind)));
    Caller.Reply reply = caller.edit("a hat", "step-1");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().at("/error/code").asString()).isEqualTo(code);
    assertThat(reply.header("retry-after")).isEmpty();
    assertThat(simulator.invoice().lines()).isEmpty();
    assertThat(simulator.stats().violations()).isZero();
  }

  @Test
  void rateLimitHintsWhenToldTo() {
    simulator.faults().put(openAi(FaultKind.RATE_LIMIT).retryAfter(1500));
    Caller.Reply reply = caller.edit("a hat", "step-1");
    assertThat(Long.parseLong(reply.header("retry-after-ms"))).isBetween(1500L, 1501L);
    assertThat(reply.header("retry-after")).isEqualTo("2");
  }

  @Test
  void serverErrorHasTheScriptedStatus() {
    simulator.faults().put(openAi(FaultKind.SERVER_ERROR).status(503));
    Caller.Reply reply = caller.edit("a hat", "step-1");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.text()).contains("server_is_overloaded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELAY", "LATENCY", "SLOW_BODY"})
  void timeIsAddedAndTheAnswerIsWhole(String kind) {
    simulator.faults().put(openAi(FaultKind.of(kind)).millis(400));
    long start = System.nanoTime();
    Caller.Reply reply = caller.edit("a hat", "step-1");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(390));
    assertThat(reply.json().path("data").size()).isEqualTo(1);
  }

  @Test
  void onlyTheNthMatchingCallMeetsIt() {
    simulator.faults().put(openAi(FaultKind.SERVER_ERROR).prompt("h[ae]t").nth(2));
    List<Integer> statuses = new ArrayList<>();
    for (String prompt : List.of("a dog", "a hat", "a dog", "a het", "a hat")) {
      statuses.add(caller.edit(prompt, "s").status());
    }
    assertThat(statuses).containsExactly(200, 200, 200, 500, 200);
    assertThat(simulator.faults().list().getFirst().fired()).isEqualTo(1);
    assertThat(simulator.faults().list().getFirst().matched()).isEqualTo(3);
  }

  @Test
  void chanceIsTheSameForTheSameSeed() {
    assertThat(outcomes(7)).isEqualTo(outcomes(7)).contains(200, 500);
  }

  private List<Integer> outcomes(long seed) {
    simulator.faults().clear();
    simulator.faults().put(openAi(FaultKind.SERVER_ERROR).chance(0.5, seed));
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      statuses.add(caller.edit("a hat", "s").status());
    }
    return statuses;
  }

  @Test
  void outageEndsWithItsTime() {
    simulator.faults().put(openAi(FaultKind.SERVER_ERROR).status(503).forMillis(600_000));
    assertThat(caller.edit("a hat", "s").status()).isEqualTo(503);
    clock.forward(Duration.ofMinutes(10));
    assertThat(caller.edit("a hat", "s").status()).isEqualTo(200);
  }

  @Test
  void faultsArePutListedAndTakenAwayOverHttp() {
    Caller.Reply put =
        caller.send(
            "POST",
            "/control/faults",
            "none",
            "{\"vendor\":\"openai\",\"fault\":\"server_error\",\"status\":502,\"nth\":1}");
    assertThat(put.status()).isEqualTo(201);
    long id = put.json().path("ids").path(0).asLong();
    assertThat(caller.edit("a hat", "s").status()).isEqualTo(502);
    assertThat(caller.get("/control/faults", "none").json().at("/0/fired").asInt()).isEqualTo(1);
    assertThat(caller.send("DELETE", "/control/faults/" + id, "none", "").status()).isEqualTo(204);
    assertThat(simulator.faults().list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fault\":\"nonsense\"}",
        "{\"vendor\":\"openai\"}",
        "{\"fault\":\"latency\",\"millis\":-1}",
        "{\"fault\":\"latency\",\"colour\":1}",
        "{\"fault\":\"latency\",\"prompt\":\"(\"}",
        "no json",
      })
  void badFaultsAreRefusedWithASentence(String body) {
    Caller.Reply reply = caller.send("POST", "/control/faults", "none", body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("detail").asString()).isNotBlank();
  }
}
