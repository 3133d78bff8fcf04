package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds docs/openapi/batch-api.json to what the running application gives; {@code
 * -Dkombine.openapi.write=true} writes it, after {@link OpenApiExamplesIT} has recorded answers.
 */
class OpenApiIT extends DoorIT {

  private static final Path COMMITTED = Path.of("..", "docs", "openapi", "batch-api.json");

  @Test
  void theCommittedDocumentIsWhatTheApplicationGives() throws IOException {
    JsonNode given = get("/api/openapi").body();
    if (Boolean.getBoolean("kombine.openapi.write")) {
      Files.createDirectories(COMMITTED.getParent());
      Files.writeString(
          COMMITTED,
          JsonMapper.builder()
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .build()
                  .writeValueAsString(given)
              + "\n");
    }

    assertThat(JSON.readTree(Files.readString(COMMITTED)))
        .as("docs/openapi/batch-api.json; -Dkombine.openapi.write=true writes it")
        .isEqualTo(given);
  }

  @Test
  void nothingIsWithoutWords() {
    JsonNode given = get("/api/openapi").body();
    List<String> silent = new ArrayList<>();
    for (var path : given.at("/paths").properties()) {
      for (var operation : path.getValue().properties()) {
        String place = operation.getKey() + " " + path.getKey();
        say(operation.getValue(), "summary", place, silent);
        operation
            .getValue()
            .path("parameters")
            .forEach(each ->
                say(each, "description", place + " " + each.path("name").asString(), silent));
      }
    }
    for (var schema : given.at("/components/schemas").properties()) {
      say(schema.getValue(), "description", schema.getKey(), silent);
      schema
          .getValue()
          .path("properties")
          .properties()
          .forEach(each ->
              say(each.getValue(), "description", schema.getKey() + "." + each.getKey(), silent));
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void everyOperationHasAnExample() {
    JsonNode given = get("/api/openapi").body();
    List<String> shown = ApiExample.all().stream().map(ApiExample::operationId).distinct().toList();

    assertThat(
            given
                .at("/paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .map(operation -> operation.path("operationId").asString()))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(shown);
  }

  private static void say(JsonNode of, String member, String place, List<String> silent) {
    if (of.path(member).asString("").isBlank()) {
      silent.add(place);
    }
  }
}
