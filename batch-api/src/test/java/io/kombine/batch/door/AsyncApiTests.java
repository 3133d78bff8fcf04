package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.ContractSamples;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds docs/asyncapi.yaml to the topics and to the golden samples. */
class AsyncApiTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static JsonNode document;

  @BeforeAll
  static void read() throws IOException {
    try (Reader yaml = Files.newBufferedReader(Path.of("..", "docs", "asyncapi.yaml"))) {
      Map<String, Object> loaded = new Yaml().load(yaml);
      document = JSON.valueToTree(loaded);
    }
  }

  @Test
  void everyTopicIsAChannelAndEveryChannelATopic() {
    List<String> topics =
        Stream.concat(
                Stream.of(StepKind.values()).map(StepKind::topic),
                Stream.of(
                    Topics.DELIVERIES,
                    Topics.STEP_EVENTS,
                    Topics.BATCH_CONTROL,
                    Topics.GENERATION_REQUESTS,
                    Topics.GENERATION_REPLIES))
            .toList();

    assertThat(document.at("/channels").valueStream().map(c -> c.at("/address").asString()))
        .containsExactlyInAnyOrderElementsOf(topics);
  }

  @Test
  void everySampleIsAMessageWithAllItsFieldsInTheirTypes() {
    TreeSet<String> shown = new TreeSet<>();
    for (JsonNode message : document.at("/components/messages").values()) {
      String sample = message.at("/x-sample").asString().replace(".json", "");
      shown.add(sample);
      JsonNode schema = resolved(message.at("/payload"));
      fits(sample, JSON.readTree(ContractSamples.json(sample)), schema);
    }
    assertThat(shown).isEqualTo(new TreeSet<>(ContractSamples.ALL.keySet()));
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(document.findValuesAsString("$ref"))
        .isNotEmpty()
        .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isObject()).as(ref).isTrue());
  }

  private static JsonNode resolved(JsonNode schema) {
    return schema.has("$ref") ? document.at(schema.at("/$ref").asString().substring(1)) : schema;
  }

  private static void fits(String at, JsonNode value, JsonNode schema) {
    String type = schema.at("/type").asString();
    boolean right =
        switch (type) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isString();
          case "boolean" -> value.isBoolean();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          default -> false;
        };
    assertThat(right).as("%s is of type %s", at, type).isTrue();
    if (value.isObject() && schema.has("properties")) {
      value
          .properties()
          .forEach(member -> {
            JsonNode property = schema.at("/properties").path(member.getKey());
            assertThat(property.isObject()).as("%s.%s is declared", at, member.getKey()).isTrue();
            fits(at + "." + member.getKey(), member.getValue(), property);
          });
    }
    if (value.isArray() && schema.has("items")) {
      value.forEach(each -> fits(at + "[]", each, schema.at("/items")));
    }
  }
}
