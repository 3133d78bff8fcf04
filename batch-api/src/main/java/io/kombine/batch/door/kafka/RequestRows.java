package io.kombine.batch.door.kafka;

import io.kombine.batch.model.AcceptanceListener;
import io.kombine.batch.model.Accepted;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.ContractJson;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that came by Kafka, and the replies that tell their fate. What becomes of their steps
 * and batches is told by triggers in the transactions that change them.
 */
@Repository
class RequestRows implements AcceptanceListener {

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;

  RequestRows(JdbcClient jdbc, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /** Notes a request before it is worked on, so that whoever accepts it finds whom to tell. */
  @Transactional
  public void receive(String owner, String requestId) {
    jdbc.sql(
            """
            INSERT INTO kafka_requests (owner, request_id, created_at) VALUES (?, ?, ?)
            ON CONFLICT DO NOTHING
            """)
        .params(owner, requestId, clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void accepted(
      UUID batchId, BatchKind kind, String owner, String idempotencyKey, Instant now) {
    link(owner, idempotencyKey, batchId, kind, false, now);
  }

  /** Replies that there is a batch, unless the transaction that wrote it has done so. */
  @Transactional
  public void answer(String owner, String requestId, BatchKind kind, Accepted accepted) {
    Instant now = clock.instant();
    // why first: whoever moves a batch's steps holds its lock and then asks for its request's
    jdbc.sql("SELECT 1 FROM batches WHERE batch_id = ? FOR UPDATE")
        .param(accepted.batchId())
        .query(Integer.class)
        .list();
    if (link(owner, requestId, accepted.batchId(), kind, accepted.replayed(), now)) {
      // why: it came another way first, and may have got somewhere already
      jdbc.sql("SELECT reply_batch(b) IS NULL FROM batches b WHERE batch_id = ?")
          .param(accepted.batchId())
          .query(Boolean.class)
          .list();
    } else if (accepted.replayed()) {
      reply(owner, requestId, "accepted", accepted.batchId(), body(kind, true), now);
    }
  }

  /** Replies that there is no batch. */
  @Transactional
  public void refuse(String owner, String requestId, ProblemDetail problem) {
    String body = "{\"problem\":" + json.writeValueAsString(problem) + "}";
    reply(owner, requestId, "rejected", null, body, clock.instant());
  }

  private boolean link(
      String owner, String requestId, UUID batchId, BatchKind kind, boolean replayed, Instant now) {
    int linked =
        jdbc.sql(
                """
                UPDATE kafka_requests SET batch_id = ?
                WHERE owner = ? AND request_id = ? AND batch_id IS NULL
                """)
            .params(batchId, owner, requestId)
            .update();
    if (linked == 1) {
      reply(owner, requestId, "accepted", batchId, body(kind, replayed), now);
    }
    return linked == 1;
  }

  private static String body(BatchKind kind, boolean replayed) {
    return ContractJson.mapper()
        .writeValueAsString(Map.of("kind", kind.wireName(), "replayed", replayed));
  }

  private void reply(
      String owner,
      String requestId,
      String type,
      @Nullable UUID batchId,
      String body,
      Instant now) {
    jdbc.sql(
            """
            WITH taken AS (
              UPDATE kafka_requests SET sequence = sequence + 1
              WHERE owner = :owner AND request_id = :request RETURNING sequence)
            INSERT INTO generation_replies (request_id, sequence, type, batch_id, body, time)
            SELECT :request, sequence, :type, CAST(:batch AS uuid), CAST(:body AS jsonb),
              CAST(:now AS timestamptz)
            FROM taken
            """)
        .param("owner", owner)
        .param("request", requestId)
        .param("type", type)
        .param("batch", batchId)
        .param("body", body)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }
}
