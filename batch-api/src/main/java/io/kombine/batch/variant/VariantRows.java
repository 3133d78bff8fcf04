package io.kombine.batch.variant;

import io.kombine.batch.variant.catalog.ProductView;
import io.kombine.batch.variant.catalog.SourcePicks.Picks;
import io.kombine.contracts.ContractJson;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which product each group of a job is, and which products it passed over. */
@Repository
class VariantRows {

  private final JdbcClient jdbc;

  VariantRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void write(UUID batchId, VariantOrder order, Picks picked) {
    record Row(int group, UUID product) {}
    List<Row> rows = new ArrayList<>();
    for (ProductView product : VariantPlanner.groups(order, picked.images())) {
      rows.add(new Row(rows.size(), product.productId()));
    }
    jdbc.sql(
            """
            INSERT INTO variant_rows (batch_id, group_index, product_id, variant, image_type)
            SELECT ?, r."group", product, ?, ?
            FROM jsonb_to_recordset(CAST(? AS jsonb)) AS r ("group" int, product uuid)
            """)
        .params(batchId, order.variant(), order.imageType().name(), json(rows))
        .update();
    record PassedOver(UUID product, String reason) {}
    List<PassedOver> passedOver = new ArrayList<>();
    picked.reasons().forEach((id, reason) -> passedOver.add(new PassedOver(id, reason)));
    jdbc.sql(
            """
            INSERT INTO variant_passed_over (batch_id, product_id, reason)
            SELECT ?, product, reason
            FROM jsonb_to_recordset(CAST(? AS jsonb)) AS r (product uuid, reason text)
            """)
        .params(batchId, json(passedOver))
        .update();
  }

  private static String json(Object rows) {
    return ContractJson.mapper().writeValueAsString(rows);
  }
}
