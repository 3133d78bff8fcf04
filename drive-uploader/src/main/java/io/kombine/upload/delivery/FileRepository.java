package io.kombine.upload.delivery;

import io.kombine.contracts.DeliverFile;
import io.kombine.contracts.DeliveryState;
import io.kombine.contracts.StepProblem;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of files, one per batch and path. Each method is one statement, committed at once; those
 * that write compare first, and answer nothing where the row is not as the caller saw it.
 */
@Repository
class FileRepository {

  /** How many earlier contents of a file are remembered; an older one is never replaced. */
  static final int MAX_EARLIER = 20;

  private final JdbcClient jdbc;

  FileRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<FileRow> find(UUID batchId, String path) {
    return jdbc.sql("select * from drive_uploader.files where batch_id = ? and path = ?")
        .params(batchId, path)
        .query((row, n) -> read(row))
        .optional();
  }

  /** Records a file to come, unless its path or its id is recorded already. */
  Optional<FileRow> record(DeliverFile file, String path, String driveId) {
    return jdbc.sql(
            """
            insert into drive_uploader.files
              (batch_id, path, drive_id, delivery_id, epoch, state, sha256)
            values (?, ?, ?, ?, ?, 'PENDING', ?)
            on conflict do nothing
            returning *
            """)
        .params(
            file.batchId(),
            path,
            driveId,
            file.deliveryId(),
            file.epoch(),
            file.artifact().sha256())
        .query((row, n) -> read(row))
        .optional();
  }

  /** Takes a row to a later epoch; what was delivered stays so if the content is the same. */
  Optional<FileRow> advance(FileRow row, DeliverFile file) {
    String sha256 = file.artifact().sha256();
    boolean same = row.sha256().equals(sha256);
    boolean done = same && row.state() == DeliveryState.DELIVERED;
    List<String> earlier = new ArrayList<>(row.earlierSha256());
    if (!same) {
      earlier.add(row.sha256());
    }
    return jdbc.sql(
            """
            update drive_uploader.files set epoch = ?, state = ?, sha256 = ?, earlier_sha256 = ?,
              session = case when ? then session end,
              problem_code = null, problem_message = null, updated_at = now()
            where batch_id = ? and path = ? and epoch = ? and state = ?
            returning *
            """)
        .params(
            file.epoch(),
            (done ? DeliveryState.DELIVERED : DeliveryState.PENDING).name(),
            sha256,
            earlier.stream().skip(Math.max(0, earlier.size() - MAX_EARLIER)).toArray(String[]::new),
            same,
            row.batchId(),
            row.path(),
            row.epoch(),
            row.state().name())
        .query((updated, n) -> read(updated))
        .optional();
  }

  Optional<FileRow> delivered(FileRow row, String url, String folderUrl) {
    return jdbc.sql(
            """
            update drive_uploader.files set state = 'DELIVERED', url = ?, folder_url = ?,
              session = null, updated_at = now()
            where batch_id = ? and path = ? and epoch = ? and state = 'PENDING'
            returning *
            """)
        .params(url, folderUrl, row.batchId(), row.path(), row.epoch())
        .query((updated, n) -> read(updated))
        .optional();
  }

  Optional<FileRow> failed(FileRow row, StepProblem problem) {
    return jdbc.sql(
            """
            update drive_uploader.files set state = 'FAILED', session = null,
              problem_code = ?, problem_message = ?, updated_at = now()
            where batch_id = ? and path = ? and epoch = ? and state = 'PENDING'
            returning *
            """)
        .params(problem.code(), problem.message(), row.batchId(), row.path(), row.epoch())
        .query((updated, n) -> read(updated))
        .optional();
  }

  Optional<String> findSession(FileRow row) {
    return jdbc.sql(
            """
            select session from drive_uploader.files
            where batch_id = ? and path = ? and epoch = ? and session is not null
            """)
        .params(row.batchId(), row.path(), row.epoch())
        .query(String.class)
        .optional();
  }

  void keepSession(FileRow row, String session) {
    jdbc.sql(
            """
            update drive_uploader.files set session = ?
            where batch_id = ? and path = ? and epoch = ? and state = 'PENDING'
            """)
        .params(session, row.batchId(), row.path(), row.epoch())
        .update();
  }

  private static FileRow read(ResultSet row) throws SQLException {
    return new FileRow(
        row.getObject("batch_id", UUID.class),
        row.getString("path"),
        row.getString("drive_id"),
        row.getObject("delivery_id", UUID.class),
        row.getInt("epoch"),
        DeliveryState.valueOf(row.getString("state")),
        row.getString("sha256"),
        texts(row.getArray("earlier_sha256")),
        row.getString("url"),
        row.getString("folder_url"),
        problem(row.getString("problem_code"), row.getString("problem_message")));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static @Nullable StepProblem problem(@Nullable String code, @Nullable String message) {
    return code == null || message == null ? null : new StepProblem(code, message);
  }
}
