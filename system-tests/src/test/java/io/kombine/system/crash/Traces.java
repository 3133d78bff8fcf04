package io.kombine.system.crash;

import io.kombine.local.LocalStack;
import io.kombine.local.StackSettings;
import io.kombine.system.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What a process that is gone has left, read where it lies, in the words of the table. */
final class Traces {

  private final LocalStack stack;
  private final Simulator simulator;

  Traces(LocalStack stack, Simulator simulator) {
    this.stack = stack;
    this.simulator = simulator;
  }

  /**
   * What is there of a batch.
   *
   * @param name the batch's own
   */
  String of(CrashRow row, String name) throws SQLException, IOException {
    if (row.point() == null) {
      return claim(row, name);
    }
    return switch (row.point()) {
      case STEP_RESERVED,
          CALL_BEGUN,
          CALL_ACCEPTED,
          CALL_SUBMITTED,
          CALL_ANSWERED,
          OUTPUTS_STORED,
          RECEIPT_STORED,
          STEP_SETTLED,
          STEP_PUBLISHED ->
          claim(row, name);
      case RECORD_HANDLED ->
          row.service().equals(CrashRows.UPLOADER) ? file(name) : claim(row, name);
      case CONTROL_READ, CONTROL_RECORDED ->
          text(
              """
              select coalesce(max('control ' || hold), 'no control') from i2i_worker.controls
              where batch_id = (select batch_id from batch_api.batches where name = ?)
              """,
              name);
      case PLAN_WRITTEN, BATCH_ACCEPTED ->
          text(
              """
              select case when count(*) = 0 then 'no batch' else count(*) || ' batch' end
              from batch_api.batches where name = ?
              """,
              name);
      case ADMISSION_DECIDED,
          ADMISSION_COMMITTED,
          STEP_SENT,
          STEPS_ACKNOWLEDGED,
          STEPS_ANNOUNCED,
          EVENTS_APPLIED,
          EVENTS_COMMITTED ->
          steps(name);
      case MANIFEST_STORED, MANIFEST_PLANNED, DELIVERIES_ACKNOWLEDGED ->
          steps(name) + ", " + manifest(name);
      case CANCEL_WRITTEN, CANCEL_COMMITTED, CONTROLS_ACKNOWLEDGED ->
          text(
              """
              select 'hold ' || hold
                || case when control_announced then '' else ', control not announced' end
              from batch_api.batches where name = ?
              """,
              name);
      case FOLDERS_RECORDED,
          FOLDERS_CREATED,
          FILE_RECORDED,
          FILE_UPLOADED,
          FILE_SETTLED,
          FILE_PUBLISHED ->
          file(name);
    };
  }

  /** The ids of a batch's steps, in the plan's order. */
  List<UUID> stepIds(String name) throws SQLException {
    return list(
            """
            select step_id::text from batch_api.steps
            where batch_id = (select batch_id from batch_api.batches where name = ?)
            order by ordinal
            """,
            name)
        .stream()
        .map(UUID::fromString)
        .toList();
  }

  /** What the workers' own ledgers hold of a batch's calls; open ones count as nothing. */
  String workersLedger(String name) throws SQLException {
    return text(
        """
        select coalesce(sum(amount), 0)::text from (
          select batch_id, amount from i2i_worker.ledger
          union all select batch_id, amount from i2v_worker.ledger) calls
        where batch_id = (select batch_id from batch_api.batches where name = ?)
        """,
        name);
  }

  private String claim(CrashRow row, String name) throws SQLException, IOException {
    UUID step = stepIds(name).getFirst();
    String schema = row.service().equals(CrashRows.IMAGES) ? "i2i_worker" : "i2v_worker";
    String claim =
        text(
            "select coalesce(max('claim ' || state || case when published then ' and published'"
                + " else '' end), 'no claim') from "
                + schema
                + ".claims where step_id = ?::uuid",
            step.toString());
    return claim
        + (hasReceipt(step) ? ", receipt, " : ", ")
        + simulator.invoice().linesOf(step.toString()).size()
        + " billed";
  }

  private boolean hasReceipt(UUID step) throws IOException {
    try (Stream<Path> receipts =
        Files.walk(stack.directories().artifacts().resolve("receipts"), 2)) {
      return receipts.anyMatch(file -> file.getFileName().toString().startsWith(step.toString()));
    }
  }

  private String steps(String name) throws SQLException {
    return text(
        """
        select string_agg(words, ', ' order by words)
          || case when sum(silent) > 0 then ', ' || sum(silent) || ' not announced' else '' end
        from (
          select count(*) || ' ' || state as words, count(*) filter (where not announced) as silent
          from batch_api.steps
          where batch_id = (select batch_id from batch_api.batches where name = ?)
          group by state) counted
        """,
        name);
  }

  private String manifest(String name) throws SQLException {
    return text(
        """
        select coalesce(max('manifest ' || state
          || case when announced then '' else ', not announced' end), 'no manifest')
        from batch_api.deliveries
        where manifest and batch_id = (select batch_id from batch_api.batches where name = ?)
        """,
        name);
  }

  private String file(String name) throws SQLException, IOException {
    String batch = "(select batch_id from batch_api.batches where name = ?)";
    List<String> folders =
        list("select path from drive_uploader.folders where batch_id = " + batch, name);
    List<String> files =
        list("select path from drive_uploader.files where batch_id = " + batch, name);
    String folder =
        folders.isEmpty()
            ? ""
            : text(
                    "select case when count(url) = 0 then 'folder recorded' when count(url) ="
                        + " count(*) then 'folder created' else 'folder half created' end"
                        + " from drive_uploader.folders where batch_id = "
                        + batch,
                    name)
                + there(folders)
                + "; ";
    return folder
        + text(
            "select coalesce(string_agg('file ' || state, ', '), 'no file')"
                + " from drive_uploader.files where batch_id = "
                + batch,
            name)
        + there(files);
  }

  private String there(List<String> paths) {
    return paths.stream().allMatch(path -> Files.exists(stack.directories().drive().resolve(path)))
        ? ", there"
        : ", not there";
  }

  private String text(String sql, String parameter) throws SQLException {
    return list(sql, parameter).getFirst();
  }

  private List<String> list(String sql, String parameter) throws SQLException {
    StackSettings.Database database = stack.database();
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, parameter);
      List<String> values = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          values.add(String.valueOf(rows.getString(1)));
        }
      }
      return values;
    }
  }
}
