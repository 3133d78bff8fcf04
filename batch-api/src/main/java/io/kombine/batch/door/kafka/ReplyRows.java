package io.kombine.batch.door.kafka;

import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.ReplyOutput;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** The outbox of replies. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ReplyRows {

  /** Any number that no other advisory lock of this database is taken under. */
  private static final long LOCK = 0x6b6f6d62696e6536L;

  /** For so long the replies to an id that was only ever refused are counted on. */
  private static final Duration REFUSED_KEPT = Duration.ofDays(7);

  /** A reply with what it needs of other tables. */
  record Row(
      long replyId,
      UUID eventId,
      String requestId,
      long sequence,
      String type,
      @Nullable UUID batchId,
      @Nullable UUID stepId,
      JsonNode body,
      Instant time,
      @Nullable String currency,
      @Nullable String quoted,
      @Nullable String stepKind,
      int groupIndex,
      int ordinal,
      List<ReplyOutput> outputs) {

    Row with(List<ReplyOutput> made) {
      return new Row(
          replyId,
          eventId,
          requestId,
          sequence,
          type,
          batchId,
          stepId,
          body,
          time,
          currency,
          quoted,
          stepKind,
          groupIndex,
          ordinal,
          List.copyOf(made));
    }
  }

  private final JdbcClient jdbc;

  ReplyRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes the publisher's place until the transaction ends, so that replies keep their order.
   *
   * @return whether it was free
   */
  boolean lock() {
    return jdbc.sql("SELECT pg_try_advisory_xact_lock(?)")
        .param(LOCK)
        .query(Boolean.class)
        .single();
  }

  /** The oldest replies that are not published, in their order. */
  List<Row> next(int most) {
    List<Row> rows =
        jdbc.sql(
                """
                SELECT r.*, b.currency, b.quoted, s.kind AS step_kind, s.group_index, s.ordinal
                FROM generation_replies r
                LEFT JOIN batches b ON b.batch_id = r.batch_id
                LEFT JOIN steps s ON s.step_id = r.step_id
                ORDER BY r.reply_id LIMIT ?
                """)
            .param(most)
            .query(ReplyRows::row)
            .list();
    Map<UUID, List<ReplyOutput>> outputs = outputs(rows);
    return rows.stream()
        .map(row -> {
          UUID stepId = row.stepId();
          return stepId == null ? row : row.with(outputs.getOrDefault(stepId, List.of()));
        })
        .toList();
  }

  void forget(List<Row> published) {
    jdbc.sql("DELETE FROM generation_replies WHERE reply_id = ANY (?)")
        .param(published.stream().map(Row::replyId).toArray(Long[]::new))
        .update();
  }

  /** Forgets requests that came to nothing, a bounded number at a time. */
  void forgetRefused(Instant now, int most) {
    jdbc.sql(
            """
            DELETE FROM kafka_requests WHERE (owner, request_id) IN (
              SELECT owner, request_id FROM kafka_requests
              WHERE batch_id IS NULL AND created_at < ?
              ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED)
            """)
        .params(now.minus(REFUSED_KEPT).atOffset(ZoneOffset.UTC), most)
        .update();
  }

  private Map<UUID, List<ReplyOutput>> outputs(List<Row> rows) {
    UUID[] steps =
        rows.stream().map(Row::stepId).filter(Objects::nonNull).distinct().toArray(UUID[]::new);
    Map<UUID, List<ReplyOutput>> outputs = new HashMap<>();
    if (steps.length == 0) {
      return outputs;
    }
    jdbc.sql(
            """
            SELECT step_id, output_index, artifact_id, artifact FROM step_outputs
            WHERE step_id = ANY (?) ORDER BY step_id, output_index
            """)
        .param(steps)
        .query(row -> {
          outputs
              .computeIfAbsent(row.getObject("step_id", UUID.class), any -> new ArrayList<>())
              .add(output(row));
        });
    return outputs;
  }

  private static ReplyOutput output(ResultSet row) throws SQLException {
    UUID id = row.getObject("artifact_id", UUID.class);
    ArtifactRef artifact =
        ContractJson.mapper().readValue(row.getString("artifact"), ArtifactRef.class);
    return new ReplyOutput(
        row.getInt("output_index"),
        id,
        OwnedArtifact.path(id),
        artifact.mediaType(),
        artifact.bytes(),
        artifact.sha256(),
        artifact.widthPx(),
        artifact.heightPx(),
        artifact.seconds());
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        row.getLong("reply_id"),
        row.getObject("event_id", UUID.class),
        row.getString("request_id"),
        row.getLong("sequence"),
        row.getString("type"),
        row.getObject("batch_id", UUID.class),
        row.getObject("step_id", UUID.class),
        ContractJson.mapper().readTree(row.getString("body")),
        row.getObject("time", OffsetDateTime.class).toInstant(),
        row.getString("currency"),
        row.getString("quoted"),
        row.getString("step_kind"),
        row.getInt("group_index"),
        row.getInt("ordinal"),
        List.of());
  }
}
