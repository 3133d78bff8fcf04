package io.kombine.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON of the messages, in one place: fields in camel case as the records name them, instants as
 * ISO 8601, decimals as plain numbers that keep their digits, absent fields left out, unknown
 * fields ignored. Thread-safe.
 */
public final class ContractJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(tools.jackson.core.StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private ContractJson() {}

  /** The mapper itself, for serializers of the messages. */
  public static JsonMapper mapper() {
    return MAPPER;
  }
}
