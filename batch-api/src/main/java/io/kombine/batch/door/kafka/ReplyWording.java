package io.kombine.batch.door.kafka;

import io.kombine.batch.door.kafka.ReplyRows.Row;
import io.kombine.contracts.BatchFinished;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.BatchStarted;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.GenerationReply;
import io.kombine.contracts.Money;
import io.kombine.contracts.RequestAccepted;
import io.kombine.contracts.RequestRejected;
import io.kombine.contracts.StepCounts;
import io.kombine.contracts.StepEnded;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.Topics;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Replies as records: the contract's JSON, with the attributes of a CloudEvent as headers. */
final class ReplyWording {

  static final String SOURCE = "/kombine/batch-api";
  static final String TYPE_PREFIX = "io.kombine.generation.";

  private ReplyWording() {}

  static ProducerRecord<String, byte[]> record(Row row) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            Topics.GENERATION_REPLIES,
            row.requestId(),
            ContractJson.mapper().writerFor(GenerationReply.class).writeValueAsBytes(reply(row)));
    UUID batchId = row.batchId();
    header(record, "ce_specversion", "1.0");
    header(record, "ce_type", TYPE_PREFIX + row.type());
    header(record, "ce_source", SOURCE);
    header(record, "ce_id", row.eventId().toString());
    header(record, "ce_time", row.time().toString());
    header(record, "ce_subject", batchId == null ? row.requestId() : batchId.toString());
    header(record, "content-type", "application/json");
    return record;
  }

  private static GenerationReply reply(Row row) {
    JsonNode body = row.body();
    return switch (row.type()) {
      case "accepted" ->
          new RequestAccepted(
              RequestAccepted.VERSION,
              row.requestId(),
              row.sequence(),
              BatchKind.of(body.path("kind").asString()),
              batchOf(row),
              body.path("replayed").asBoolean(),
              "/api/batches/" + batchOf(row),
              row.time());
      case "rejected" ->
          new RequestRejected(
              RequestRejected.VERSION,
              row.requestId(),
              row.sequence(),
              body.path("problem"),
              row.time());
      case "started" ->
          new BatchStarted(
              BatchStarted.VERSION, row.requestId(), row.sequence(), batchOf(row), row.time());
      case "step" -> step(row, body);
      case "finished" -> finished(row, body);
      default -> throw new IllegalStateException("no reply is of type " + row.type());
    };
  }

  private static StepEnded step(Row row, JsonNode body) {
    BigDecimal cost = decimal(body.path("cost"));
    String code = body.path("code").asString("");
    return new StepEnded(
        StepEnded.VERSION,
        row.requestId(),
        row.sequence(),
        batchOf(row),
        Objects.requireNonNull(row.stepId()),
        StepKind.of(Objects.requireNonNull(row.stepKind())),
        row.groupIndex(),
        row.ordinal(),
        body.path("epoch").asInt(),
        StepState.valueOf(body.path("state").asString()),
        row.outputs(),
        cost == null ? null : money(cost, row),
        code.isEmpty() ? null : new StepProblem(code, body.path("message").asString("")),
        row.time());
  }

  private static BatchFinished finished(Row row, JsonNode body) {
    Map<StepState, Integer> counts = new EnumMap<>(StepState.class);
    body.path("counts")
        .properties()
        .forEach(count -> counts.put(StepState.valueOf(count.getKey()), count.getValue().asInt()));
    return new BatchFinished(
        BatchFinished.VERSION,
        row.requestId(),
        row.sequence(),
        batchOf(row),
        BatchStatus.valueOf(body.path("status").asString()),
        StepCounts.of(counts),
        money(new BigDecimal(Objects.requireNonNull(row.quoted())), row),
        money(body.path("spent").decimalValue(), row),
        body.path("delivered").asInt(),
        body.path("failed").asInt(),
        body.path("folderUrl").asStringOpt().filter(url -> !url.isEmpty()).orElse(null),
        row.time());
  }

  private static UUID batchOf(Row row) {
    return Objects.requireNonNull(row.batchId());
  }

  private static Money money(BigDecimal amount, Row row) {
    return new Money(amount, Objects.requireNonNull(row.currency()));
  }

  private static @Nullable BigDecimal decimal(JsonNode number) {
    return number.isNumber() ? number.decimalValue() : null;
  }

  private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
