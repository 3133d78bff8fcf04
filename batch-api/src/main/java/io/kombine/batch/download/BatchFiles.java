package io.kombine.batch.download;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.PlannedDelivery;
import java.sql.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The files of a batch's tree as far as they exist, read page by page: a slow download holds
 * neither memory nor a connection.
 */
@Repository
public class BatchFiles {

  private static final int PAGE = 200;

  private final JdbcClient jdbc;

  BatchFiles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The name of an owner's batch folder; nothing where there is no such batch. */
  public Optional<String> folder(String owner, UUID batchId) {
    return jdbc.sql("SELECT folder FROM batches WHERE batch_id = ? AND owner = ?")
        .params(batchId, owner)
        .query(String.class)
        .optional();
  }

  /** Whether the batch has a group of that index. */
  public boolean hasGroup(UUID batchId, int group) {
    return jdbc.sql("SELECT count(*) FROM batch_groups WHERE batch_id = ? AND group_index = ?")
            .params(batchId, group)
            .query(Integer.class)
            .single()
        > 0;
  }

  /** The page that follows {@code after}; empty at the end. */
  public Page next(UUID batchId, @Nullable Integer group, Position after) {
    List<DownloadFile> files = new ArrayList<>();
    Position[] last = {after};
    jdbc.sql(
            """
            SELECT s.ordinal, s.deliveries, o.output_index, o.artifact
            FROM steps s JOIN step_outputs o ON o.step_id = s.step_id
            WHERE s.batch_id = :batch
              AND (CAST(:group AS integer) IS NULL OR s.group_index = :group)
              AND (s.ordinal, o.output_index) > (:ordinal, :output)
            ORDER BY s.ordinal, o.output_index LIMIT :limit
            """)
        .param("batch", batchId)
        .param("group", group)
        .param("ordinal", after.ordinal())
        .param("output", after.output())
        .param("limit", PAGE)
        .query(row -> {
          int output = row.getInt("output_index");
          last[0] = new Position(row.getInt("ordinal"), output);
          String sha256 = sha256(row.getString("artifact"));
          Arrays.stream(
                  ContractJson.mapper()
                      .readValue(row.getString("deliveries"), PlannedDelivery[].class))
              .filter(delivery -> delivery.outputIndex() == output)
              .forEach(delivery -> files.add(new DownloadFile(delivery.path(), sha256)));
        });
    return new Page(files, last[0]);
  }

  /** The batch's manifest, once it is written. */
  public Optional<DownloadFile> manifest(UUID batchId) {
    return jdbc.sql("SELECT path, artifact FROM deliveries WHERE batch_id = ? AND manifest LIMIT 1")
        .param(batchId)
        .query((row, _) ->
            new DownloadFile(path(row.getArray("path")), sha256(row.getString("artifact"))))
        .optional();
  }

  private static List<String> path(Array array) throws java.sql.SQLException {
    return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
  }

  private static String sha256(String artifact) {
    return ContractJson.mapper().readValue(artifact, ArtifactRef.class).sha256();
  }

  /** A place in the order of steps and their outputs. */
  public record Position(int ordinal, int output) {

    public static final Position START = new Position(-1, -1);
  }

  /**
   * Some files.
   *
   * @param last the place of the last row read; where it did not move, all are read
   */
  public record Page(List<DownloadFile> files, Position last) {}
}
