package io.kombine.batch.door.kafka;

import io.kombine.batch.door.FrontDoor;
import io.kombine.batch.model.Accepted;
import io.kombine.batch.model.IdempotencyConflictException;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.problem.web.Problems;
import io.kombine.batch.web.BodyProperties;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Takes an envelope to the front door of its kind, and refuses what no door would take. */
@Component
class Doors {

  private static final int VERSION = 1;

  private final Map<String, FrontDoor<?>> doors = new TreeMap<>();
  private final JsonMapper json;
  private final BodyProperties body;

  Doors(List<FrontDoor<?>> doors, JsonMapper json, BodyProperties body) {
    doors.forEach(door -> this.doors.put(door.kind().wireName(), door));
    this.json = json;
    this.body = body;
  }

  /**
   * Submits what the envelope holds.
   *
   * @throws ProblemException as the REST request would be refused
   */
  Accepted submit(String owner, String requestId, Envelope envelope) throws IOException {
    if (envelope.wrong != null) {
      throw envelope.wrong;
    }
    if (envelope.version != null && envelope.version != VERSION) {
      throw invalid("version", "is not supported", List.of(Integer.toString(VERSION)));
    }
    String kind = envelope.kind;
    if (kind == null) {
      throw invalid("kind", "is required", doors.keySet());
    }
    FrontDoor<?> door = doors.get(kind);
    if (door == null) {
      throw invalid("kind", "is none of the accepted values", doors.keySet());
    }
    byte[] request = envelope.request;
    if (request == null) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST, FieldProblem.of("request", "is required"));
    }
    if (request.length > body.maxSize().toBytes()) {
      throw new ProblemException(
          ProblemType.BODY_TOO_LARGE,
          "The body is larger than " + body.maxSize().toBytes() + " bytes.");
    }
    return submit(door, owner, requestId, request);
  }

  private <R> Accepted submit(FrontDoor<R> door, String owner, String requestId, byte[] request)
      throws IOException {
    try {
      return door.submit(owner, read(request, door.requestType()), requestId);
    } catch (IdempotencyConflictException conflict) {
      throw ProblemException.of(
          ProblemType.IDEMPOTENCY_KEY_REUSED,
          FieldProblem.of("requestId", "belongs to a request with another body"));
    }
  }

  private <R> R read(byte[] request, Class<R> type) {
    @Nullable R read;
    try {
      read = json.readValue(request, type);
    } catch (JacksonException unreadable) {
      throw Problems.unreadable(unreadable);
    }
    if (read == null) {
      throw new ProblemException(ProblemType.MALFORMED_JSON, "A JSON body is required.");
    }
    return read;
  }

  private static ProblemException invalid(
      String field, String message, Collection<String> accepted) {
    return ProblemException.of(
        ProblemType.INVALID_REQUEST, FieldProblem.of(field, message, accepted));
  }
}
