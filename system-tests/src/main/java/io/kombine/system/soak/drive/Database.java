package io.kombine.system.soak.drive;

import io.kombine.local.StackSettings;
import io.kombine.system.soak.audit.Evidence.BatchFacts;
import io.kombine.system.soak.audit.Evidence.Charge;
import io.kombine.system.soak.audit.Evidence.StatusFacts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the services' tables, as only an auditor may. Each question has a connection of its
 * own.
 */
final class Database {

  private static final int QUERY_SECONDS = 20;

  private final StackSettings.Database access;

  Database(StackSettings.Database access) {
    this.access = access;
  }

  /** Makes something of a row. */
  @FunctionalInterface
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** A step's own columns. */
  record StepRow(
      UUID id,
      UUID batchId,
      int ordinal,
      String kind,
      String state,
      int expected,
      @Nullable String error) {}

  /** An output with its delivery's state. */
  record OutputRow(UUID stepId, String sha256, long bytes, @Nullable String delivered) {}

  /** Steps of batches whose outcome is to be decided. */
  List<Decisions.Open> unknown(Collection<UUID> batches) throws SQLException {
    return list(
        """
        SELECT s.batch_id, b.name, s.step_id, s.ordinal
        FROM batch_api.steps s JOIN batch_api.batches b USING (batch_id)
        WHERE s.state = 'UNKNOWN' AND s.batch_id = ANY (?) ORDER BY b.name, s.ordinal
        """,
        batches,
        row -> new Decisions.Open(id(row, 1), row.getString(2), id(row, 3), row.getInt(4)));
  }

  /** Batches that have not ended. */
  List<UUID> unfinished(Collection<UUID> batches) throws SQLException {
    return list(
        "SELECT batch_id FROM batch_api.batches WHERE finished_at IS NULL AND batch_id = ANY (?)",
        batches,
        row -> id(row, 1));
  }

  /** Batches with steps that wait for an approval. */
  List<UUID> unapproved(Collection<UUID> batches) throws SQLException {
    return list(
        """
        SELECT DISTINCT batch_id FROM batch_api.steps
        WHERE state = 'AWAITING_APPROVAL' AND batch_id = ANY (?)
        """,
        batches,
        row -> id(row, 1));
  }

  /** All batches whose name begins so, whoever has submitted them. */
  List<BatchFacts> batches(String prefix) throws SQLException {
    return query(
        """
        SELECT batch_id, name, status, total_steps, spent FROM batch_api.batches
        WHERE starts_with(name, ?) ORDER BY name
        """,
        statement -> statement.setString(1, prefix),
        row ->
            new BatchFacts(
                id(row, 1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getBigDecimal(5)));
  }

  List<StepRow> steps(Collection<UUID> batches) throws SQLException {
    return list(
        """
        SELECT step_id, batch_id, ordinal, lower(kind), state, output_count,
          error_code || ' ' || coalesce(error_message, '')
        FROM batch_api.steps WHERE batch_id = ANY (?) ORDER BY batch_id, ordinal
        """,
        batches,
        row ->
            new StepRow(
                id(row, 1),
                id(row, 2),
                row.getInt(3),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                row.getString(7)));
  }

  List<OutputRow> outputs(Collection<UUID> batches) throws SQLException {
    return list(
        """
        SELECT o.step_id, o.artifact ->> 'sha256', (o.artifact ->> 'bytes')::bigint, d.state
        FROM batch_api.step_outputs o LEFT JOIN batch_api.deliveries d
          ON d.step_id = o.step_id AND d.output_index = o.output_index
        WHERE o.batch_id = ANY (?)
        """,
        batches,
        row -> new OutputRow(id(row, 1), row.getString(2), row.getLong(3), row.getString(4)));
  }

  /** batch-api's ledger. */
  List<Charge> ledger(Collection<UUID> batches) throws SQLException {
    return list(
        "SELECT step_id, epoch, cost FROM batch_api.step_charges WHERE batch_id = ANY (?)",
        batches,
        Database::charge);
  }

  /** The workers' ledgers. */
  List<Charge> calls(Collection<UUID> batches) throws SQLException {
    List<Charge> calls = new ArrayList<>();
    for (String schema : List.of("i2i_worker", "i2v_worker")) {
      calls.addAll(
          list(
              "SELECT step_id, epoch, amount FROM " + schema + ".ledger WHERE batch_id = ANY (?)",
              batches,
              Database::charge));
    }
    return calls;
  }

  /** What the tables say of batches, counted step by step. */
  List<StatusFacts> statuses(Collection<UUID> batches) throws SQLException {
    Map<UUID, Map<String, Integer>> counts = new HashMap<>();
    list(
        """
        SELECT batch_id, state, count(*) FROM batch_api.steps WHERE batch_id = ANY (?)
        GROUP BY batch_id, state
        """,
        batches,
        row ->
            counts
                .computeIfAbsent(id(row, 1), any -> new TreeMap<>())
                .put(row.getString(2), row.getInt(3)));
    return list(
        "SELECT batch_id, status, spent FROM batch_api.batches WHERE batch_id = ANY (?)",
        batches,
        row ->
            new StatusFacts(
                StatusFacts.DATABASE,
                id(row, 1),
                row.getString(2),
                counts.getOrDefault(id(row, 1), Map.of()),
                row.getBigDecimal(3)));
  }

  /** Addresses of delivered folders; batches without one are left out. */
  Map<UUID, String> folders(Collection<UUID> batches) throws SQLException {
    Map<UUID, String> folders = new HashMap<>();
    list(
        """
        SELECT batch_id, folder_url FROM batch_api.batches
        WHERE folder_url IS NOT NULL AND batch_id = ANY (?)
        """,
        batches,
        row -> folders.put(id(row, 1), row.getString(2)));
    return folders;
  }

  private static Charge charge(ResultSet row) throws SQLException {
    return new Charge(id(row, 1), row.getInt(2), row.getBigDecimal(3));
  }

  private static UUID id(ResultSet row, int column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  private <T> List<T> list(String sql, Collection<UUID> batches, Row<T> row) throws SQLException {
    UUID[] ids = batches.toArray(UUID[]::new);
    return query(
        sql,
        statement -> statement.setArray(1, statement.getConnection().createArrayOf("uuid", ids)),
        row);
  }

  /** Sets a statement's parameters. */
  @FunctionalInterface
  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private <T> List<T> query(String sql, Parameters parameters, Row<T> row) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(QUERY_SECONDS);
      parameters.set(statement);
      List<T> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(row.of(found));
        }
      }
      return rows;
    }
  }
}
