package io.kombine.batch.door.kafka;

import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.problem.web.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads envelopes: bare ones, as CloudEvents in binary mode (attributes as headers) and in
 * structured mode (the envelope as {@code data}). Goes on as far as it can, so that even a broken
 * record may yield the id to answer to.
 */
@Component
class EnvelopeReader {

  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String SPEC_VERSION = "1.0";

  private final JsonMapper json;

  EnvelopeReader(JsonMapper json) {
    this.json = json;
  }

  Envelope read(ConsumerRecord<String, byte[]> message) {
    Envelope envelope = new Envelope();
    byte[] value = message.value();
    if (value == null) {
      envelope.wrong(new ProblemException(ProblemType.MALFORMED_JSON, "A JSON value is required."));
      return envelope;
    }
    checkSpecVersion(header(message, "ce_specversion"), "ce_specversion", envelope);
    String type = header(message, "content-type");
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith(STRUCTURED)) {
      value = data(value, envelope);
    }
    if (value != null) {
      readEnvelope(value, envelope);
    }
    return envelope;
  }

  private void readEnvelope(byte[] value, Envelope envelope) {
    walk(
        value,
        envelope,
        (name, parser) -> {
          switch (name) {
            case "requestId" -> envelope.requestId = string(name, parser, envelope);
            case "kind" -> envelope.kind = string(name, parser, envelope);
            case "version" -> envelope.version = integer(name, parser, envelope);
            case "request" -> envelope.request = slice(value, parser);
            default -> parser.skipChildren();
          }
        });
  }

  private byte @Nullable [] data(byte[] value, Envelope envelope) {
    byte[][] data = new byte[1][];
    walk(
        value,
        envelope,
        (name, parser) -> {
          switch (name) {
            case "specversion" ->
                checkSpecVersion(string(name, parser, envelope), "specversion", envelope);
            case "data" -> data[0] = slice(value, parser);
            default -> parser.skipChildren();
          }
        });
    if (data[0] == null && envelope.wrong == null) {
      envelope.wrong(invalid("data", "is required"));
    }
    return data[0];
  }

  private interface Field {
    void read(String name, JsonParser parser);
  }

  private void walk(byte[] value, Envelope envelope, Field field) {
    try (JsonParser parser = json.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        envelope.wrong(invalid("(body)", "must be an object"));
        return;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        field.read(name, parser);
      }
      if (parser.nextToken() != null) {
        envelope.wrong(
            new ProblemException(ProblemType.MALFORMED_JSON, "Something follows the JSON value."));
      }
    } catch (JacksonException unreadable) {
      envelope.wrong(Problems.unreadable(unreadable));
    }
  }

  /** The bytes of the value that the parser stands on, which it then has passed. */
  private static byte[] slice(byte[] value, JsonParser parser) {
    int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    parser.skipChildren();
    parser.finishToken();
    int to = Math.toIntExact(parser.currentLocation().getByteOffset());
    return Arrays.copyOfRange(value, from, to);
  }

  private static @Nullable String string(String name, JsonParser parser, Envelope envelope) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    envelope.wrong(invalid(name, "must be a string"));
    parser.skipChildren();
    return null;
  }

  private static @Nullable Integer integer(String name, JsonParser parser, Envelope envelope) {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return parser.getIntValue();
    }
    envelope.wrong(invalid(name, "must be a whole number"));
    parser.skipChildren();
    return null;
  }

  private static void checkSpecVersion(@Nullable String version, String field, Envelope envelope) {
    if (version != null && !version.equals(SPEC_VERSION)) {
      envelope.wrong(
          ProblemException.of(
              ProblemType.INVALID_REQUEST,
              FieldProblem.of(field, "is not supported", List.of(SPEC_VERSION))));
    }
  }

  private static @Nullable String header(ConsumerRecord<String, byte[]> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static ProblemException invalid(String field, String message) {
    return ProblemException.of(ProblemType.INVALID_REQUEST, FieldProblem.of(field, message));
  }
}
