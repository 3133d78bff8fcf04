package io.kombine.local.money;

import io.kombine.local.StackSettings;
import io.kombine.local.process.StackException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The ledger of all owners, read from batch-api's tables. */
public final class LedgerRows {

  private static final int ROWS_AT_ONCE = 5_000;

  private final StackSettings.Database database;

  public LedgerRows(StackSettings.Database database) {
    this.database = database;
  }

  /**
   * What each step was billed, by its id.
   *
   * @param providers whose steps; none for all
   * @throws StackException when the database cannot be read
   */
  public Map<String, Bill> bills(Collection<String> providers, String currency) {
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT c.step_id, c.cost FROM batch_api.step_charges c
                JOIN batch_api.steps s USING (step_id)
                JOIN batch_api.batches b ON b.batch_id = c.batch_id
                WHERE b.currency = ? AND (cardinality(?) = 0 OR s.provider = ANY (?))
                """)) {
      // why: without it the driver reads all rows at once
      connection.setAutoCommit(false);
      query.setFetchSize(ROWS_AT_ONCE);
      Object names = connection.createArrayOf("text", providers.toArray());
      query.setString(1, currency);
      query.setObject(2, names);
      query.setObject(3, names);
      Map<String, Bill> bills = new HashMap<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          BigDecimal cost = rows.getBigDecimal("cost");
          Bill bill = cost == null ? new Bill(1, BigDecimal.ZERO, 1) : new Bill(1, cost, 0);
          bills.merge(rows.getString("step_id"), bill, Bill::plus);
        }
      }
      return bills;
    } catch (SQLException e) {
      throw new StackException("The ledger cannot be read: " + e.getMessage(), e);
    }
  }
}
