package io.kombine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ContractSamplesTests {

  private final JsonMapper mapper = ContractJson.mapper();

  static Stream<String> samples() {
    return ContractSamples.ALL.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void sampleReadsAndWritesBackUnchanged(String name) {
    Object message = ContractSamples.read(name, ContractSamples.ALL.get(name));

    assertThat(mapper.readTree(mapper.writeValueAsBytes(message)))
        .isEqualTo(mapper.readTree(ContractSamples.json(name)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void unknownFieldsAreIgnored(String name) {
    ObjectNode json = (ObjectNode) mapper.readTree(ContractSamples.json(name));
    json.put("fieldOfTheFuture", 7);

    assertThat(mapper.treeToValue(json, ContractSamples.ALL.get(name)))
        .isEqualTo(ContractSamples.read(name, ContractSamples.ALL.get(name)));
  }

  @Test
  void eventOfUnknownTypeIsReadAsSuch() {
    ObjectNode json = (ObjectNode) mapper.readTree(ContractSamples.json("step-event"));
    json.put("type", "event-of-the-future");

    assertThat(mapper.treeToValue(json, StatusEvent.class)).isInstanceOf(UnknownEvent.class);
  }

  @Test
  void childIsChainedWithItsParentsOutput() {
    RunStep parent = ContractSamples.read("run-step", RunStep.class);
    StepEvent succeeded = (StepEvent) ContractSamples.read("step-event", StatusEvent.class);

    RunStep child = parent.children().getFirst().chained(succeeded.outputs());

    assertThat(child.inputs())
        .containsExactly(
            StepInput.of(StepInput.Role.IMAGE, succeeded.outputs().getFirst().artifact()));
    assertThat(parent.children().getFirst().canChainFrom(0)).isFalse();
  }
}
