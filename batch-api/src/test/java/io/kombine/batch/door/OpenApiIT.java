package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds docs/openapi/batch-api.json to what the running application gives; {@code
 * -Dkombine.openapi.write=true} writes it.
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
}
