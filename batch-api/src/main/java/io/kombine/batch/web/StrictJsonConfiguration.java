package io.kombine.batch.web;

import java.math.BigDecimal;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON of requests and answers. A value of another type than the field's is refused rather than
 * bent into it; unknown fields are ignored; decimals keep their digits, of which they have at most
 * {@value #MAX_DIGITS}.
 */
@Configuration(proxyBeanMethods = false)
class StrictJsonConfiguration {

  /** Few bytes as an exponent would be gigabytes as plain digits. */
  private static final int MAX_DIGITS = 1_000;

  @Bean
  JsonMapperBuilderCustomizer strictJson() {
    return json ->
        json.addModule(boundedDecimals())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .withCoercionConfig(
                LogicalType.Textual,
                text ->
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
  }

  private static JacksonModule boundedDecimals() {
    return new SimpleModule("bounded-decimals")
        .addDeserializer(
            BigDecimal.class,
            new StdScalarDeserializer<>(BigDecimal.class) {
              @Override
              public BigDecimal deserialize(JsonParser parser, DeserializationContext context) {
                if (!parser.currentToken().isNumeric()) {
                  return (BigDecimal) context.handleUnexpectedToken(BigDecimal.class, parser);
                }
                BigDecimal value = parser.getDecimalValue();
                if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS) {
                  throw InvalidFormatException.from(
                      parser,
                      "more than " + MAX_DIGITS + " digits",
                      parser.currentToken().asString(),
                      BigDecimal.class);
                }
                return value;
              }
            });
  }
}
