package io.kombine.batch.status;

import io.kombine.batch.model.BatchRow;
import io.kombine.batch.publish.BatchEventSource;
import io.kombine.contracts.BatchCost;
import io.kombine.contracts.BatchEvent;
import io.kombine.contracts.DeliveryProgress;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.worker.WorkerIdentity;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Words batches as events: identity, control, money, deliveries, times. Reads no steps. */
@Component
class BatchEvents implements BatchEventSource {

  /** Money of a batch that follows from its steps. */
  private record Expected(BigDecimal held, BigDecimal toFinish) {

    static final Expected NOTHING = new Expected(BigDecimal.ZERO, BigDecimal.ZERO);
  }

  private static final String[] UNFINISHED =
      Arrays.stream(StepState.values())
          .filter(state -> !state.isTerminal())
          .map(Enum::name)
          .toArray(String[]::new);

  private final JdbcClient jdbc;
  private final WorkerIdentity identity;
  private final Clock clock;

  BatchEvents(JdbcClient jdbc, WorkerIdentity identity, Clock clock) {
    this.jdbc = jdbc;
    this.identity = identity;
    this.clock = clock;
  }

  @Override
  @Transactional(readOnly = true)
  public List<BatchEvent> eventsOf(List<BatchRow> batches) {
    Map<UUID, Expected> money = money(batches.stream().map(BatchRow::batchId).toList());
    Instant now = clock.instant();
    return batches.stream()
        .map(batch -> event(batch, money.getOrDefault(batch.batchId(), Expected.NOTHING), now))
        .toList();
  }

  private Map<UUID, Expected> money(List<UUID> batchIds) {
    Map<UUID, Expected> money = new HashMap<>();
    jdbc.sql(
            """
            SELECT batch_id, sum(hold) AS held,
              coalesce(sum(price) FILTER (WHERE state = ANY (?)), 0) AS to_finish
            FROM step_counts WHERE batch_id = ANY (?) GROUP BY batch_id
            """)
        .params(UNFINISHED, batchIds.toArray(UUID[]::new))
        .query(row -> {
          money.put(
              row.getObject("batch_id", UUID.class),
              new Expected(row.getBigDecimal("held"), row.getBigDecimal("to_finish")));
        });
    return money;
  }

  private BatchEvent event(BatchRow batch, Expected money, Instant now) {
    String error = batch.errorCode();
    String message = batch.errorMessage();
    return new BatchEvent(
        BatchEvent.VERSION,
        Ids.next(),
        batch.batchId(),
        batch.kind(),
        batch.name(),
        batch.owner(),
        batch.revision(),
        batch.totalSteps(),
        batch.planning(),
        batch.started(),
        batch.hold(),
        batch.holdReason(),
        batch.status(),
        new BatchCost(
            batch.currency(), batch.quoted(), batch.spent(), money.held(), money.toFinish()),
        new DeliveryProgress(
            batch.files(), batch.filesDelivered(), batch.filesFailed(), batch.folderUrl()),
        batch.deliveriesComplete(),
        batch.etaP50Seconds(),
        batch.etaP90Seconds(),
        batch.createdAt(),
        batch.startedAt(),
        batch.finishedAt(),
        error == null ? null : new StepProblem(error, message == null ? "" : message),
        now,
        identity.id());
  }
}
