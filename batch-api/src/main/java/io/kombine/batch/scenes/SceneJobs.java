package io.kombine.batch.scenes;

import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.scenes.BatchJob.Cost;
import io.kombine.batch.scenes.BatchJob.SceneOutput;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads jobs of scenes as this door shows them. */
@Repository
public class SceneJobs {

  private final JdbcClient jdbc;

  SceneJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * {@code GET /status/{jobId}}.
   *
   * @param status of the batch, in the words of all kinds
   * @param progress whole percent of the steps that have ended
   * @param results one for each image or clip, in the order of the rows
   */
  public record JobStatus(String status, int progress, List<SceneOutput> results) {

    public JobStatus {
      results = List.copyOf(results);
    }
  }

  /** An owner's job as both calls answer it. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Optional<BatchJob> job(String owner, UUID jobId) {
    return head(owner, jobId)
        .map(head -> {
          List<SceneOutput> outputs = outputs(jobId, head.videos());
          return new BatchJob(
              jobId,
              head.status(),
              head.videos() ? null : outputs,
              head.videos() ? outputs : null,
              new Cost(head.currency(), plain(head.quoted())),
              head.batchHash(),
              null);
        });
  }

  /** How far an owner's job is; a dry run has nothing to do. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Optional<JobStatus> status(String owner, UUID jobId) {
    return head(owner, jobId)
        .map(head -> new JobStatus(head.status(), head.progress(), outputs(jobId, head.videos())));
  }

  private record Head(
      String status,
      String currency,
      BigDecimal quoted,
      boolean videos,
      int progress,
      @Nullable String batchHash) {}

  private Optional<Head> head(String owner, UUID jobId) {
    return jdbc.sql(
            """
            SELECT b.status, b.currency, b.quoted, b.request ->> 'batchHash' AS batch_hash,
              b.request ->> 'type' = 'videos' AS videos,
              (SELECT coalesce(sum(c.steps) FILTER (WHERE c.state IN
                  ('SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED')), 0) * 100
                / greatest(sum(c.steps), 1) FROM step_counts c WHERE c.batch_id = b.batch_id)::int
                AS progress
            FROM batches b WHERE b.batch_id = ? AND b.owner = ? AND b.kind = 'SCENES'
            """)
        .params(jobId, owner)
        .query(Head.class)
        .optional();
  }

  private List<SceneOutput> outputs(UUID jobId, boolean videos) {
    Map<String, Integer> variants = new HashMap<>();
    return jdbc.sql(
            """
            SELECT r.scene_id, s.prompt, s.state, s.error_message, o.artifact_id,
              o.artifact ->> 'thumbnailSha256' IS NOT NULL AS has_thumbnail,
              a.artifact_id IS NOT NULL AND a.artifact_id = o.artifact_id AS approved
            FROM steps s
            JOIN scene_rows r USING (batch_id, group_index)
            CROSS JOIN LATERAL generate_series(0, s.output_count - 1) AS n (output_index)
            LEFT JOIN step_outputs o ON o.step_id = s.step_id AND o.output_index = n.output_index
            LEFT JOIN scene_approvals a ON a.batch_id = s.batch_id AND a.scene_id = r.scene_id
            WHERE s.batch_id = ? ORDER BY s.ordinal, n.output_index
            """)
        .param(jobId)
        .query((row, _) -> output(row, variants, videos))
        .list();
  }

  private static SceneOutput output(ResultSet row, Map<String, Integer> variants, boolean videos)
      throws SQLException {
    String sceneId = row.getString("scene_id");
    UUID artifactId = row.getObject("artifact_id", UUID.class);
    String url = artifactId == null ? null : OwnedArtifact.path(artifactId);
    return new SceneOutput(
        sceneId,
        variants.merge(sceneId, 1, Integer::sum),
        row.getString("prompt"),
        row.getString("state"),
        artifactId,
        url,
        url == null || !row.getBoolean("has_thumbnail") ? null : url + "?thumbnail=128",
        videos ? null : row.getBoolean("approved"),
        row.getString("error_message"));
  }

  private static BigDecimal plain(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
