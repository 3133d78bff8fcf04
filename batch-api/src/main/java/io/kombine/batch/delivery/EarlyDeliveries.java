package io.kombine.batch.delivery;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.DeliveryEvent;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reports of files whose steps are not known to have succeeded yet: a worker publishes its
 * deliveries before its own report. One row a file at most, gone with the batch.
 */
@Repository
class EarlyDeliveries {

  private final JdbcClient jdbc;

  EarlyDeliveries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void keep(DeliveryEvent event) {
    jdbc.sql(
            """
            INSERT INTO early_deliveries AS e (delivery_id, batch_id, epoch, rank, event)
            VALUES (?, ?, ?, ?, CAST(? AS jsonb))
            ON CONFLICT (delivery_id) DO UPDATE
            SET epoch = excluded.epoch, rank = excluded.rank, event = excluded.event
            WHERE (e.epoch, e.rank) < (excluded.epoch, excluded.rank)
              AND e.batch_id = excluded.batch_id
            """)
        .params(
            event.deliveryId(),
            event.batchId(),
            event.epoch(),
            event.state().rank(),
            ContractJson.mapper().writeValueAsString(event))
        .update();
  }

  List<DeliveryEvent> take(Collection<UUID> deliveryIds) {
    return jdbc.sql("DELETE FROM early_deliveries WHERE delivery_id = ANY (?) RETURNING event")
        .param(deliveryIds.toArray(UUID[]::new))
        .query((row, number) ->
            ContractJson.mapper().readValue(row.getString("event"), DeliveryEvent.class))
        .list();
  }
}
