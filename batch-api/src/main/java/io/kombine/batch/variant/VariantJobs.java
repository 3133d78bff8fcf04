package io.kombine.batch.variant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.contracts.BatchStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads jobs of products' images as this door shows them. */
@Repository
public class VariantJobs {

  private static final int MAX_ERRORS = 500;

  private final JdbcClient jdbc;

  VariantJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A batch's status in this door's words. */
  public enum JobState {
    PROCESSING,
    COMPLETED,
    FAILED;

    /** Some images of several are a job completed, with the others in its log. */
    static JobState of(BatchStatus status) {
      return switch (status) {
        case COMPLETED, COMPLETED_WITH_FAILURES -> COMPLETED;
        case FAILED, CANCELLED -> FAILED;
        case PLANNING, QUEUED, RUNNING, PAUSED, WAITING_FOR_DECISION, CANCELLING -> PROCESSING;
      };
    }
  }

  /** A product with what is to be said of it. */
  public record ProductReason(UUID productId, String reason) {}

  /**
   * {@code GET /api/jobs/{id}}.
   *
   * @param failedImages steps that have ended without an image
   * @param errorLog what went wrong by product; those passed over are in {@code
   *     productsPassedOver}, since no image of them was ever asked for
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record VariantJob(
      UUID jobId,
      JobState status,
      int totalImages,
      int completedImages,
      int failedImages,
      List<ProductReason> errorLog,
      List<ProductReason> productsPassedOver) {}

  /** An owner's job. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Optional<VariantJob> find(String owner, UUID jobId) {
    record Head(String status, int total, int completed, int failed) {}
    return jdbc.sql(
            """
            SELECT b.status, b.total_steps AS total,
              coalesce(sum(c.steps) FILTER (WHERE c.state = 'SUCCEEDED'), 0)::int AS completed,
              coalesce(sum(c.steps) FILTER (
                WHERE c.state IN ('FAILED', 'CANCELLED', 'SKIPPED')), 0)::int AS failed
            FROM batches b LEFT JOIN step_counts c USING (batch_id)
            WHERE b.batch_id = ? AND b.owner = ? AND b.kind = 'VARIANT' GROUP BY b.batch_id
            """)
        .params(jobId, owner)
        .query(Head.class)
        .optional()
        .map(head ->
            new VariantJob(
                jobId,
                JobState.of(BatchStatus.valueOf(head.status())),
                head.total(),
                head.completed(),
                head.failed(),
                errors(jobId),
                reasons(jobId)));
  }

  private List<ProductReason> errors(UUID jobId) {
    return jdbc.sql(
            """
            SELECT r.product_id, coalesce(s.error_message, lower(s.state)) AS reason
            FROM steps s JOIN variant_rows r USING (batch_id, group_index)
            WHERE s.batch_id = ? AND s.state IN ('FAILED', 'CANCELLED', 'SKIPPED')
            ORDER BY s.ordinal LIMIT ?
            """)
        .params(jobId, MAX_ERRORS)
        .query(ProductReason.class)
        .list();
  }

  private List<ProductReason> reasons(UUID jobId) {
    return jdbc.sql(
            """
            SELECT product_id, reason FROM variant_passed_over
            WHERE batch_id = ? ORDER BY product_id LIMIT ?
            """)
        .params(jobId, MAX_ERRORS)
        .query(ProductReason.class)
        .list();
  }

  static List<ProductReason> passedOver(Map<UUID, String> reasons) {
    List<ProductReason> list = new ArrayList<>();
    reasons.forEach((id, reason) -> list.add(new ProductReason(id, reason)));
    list.sort((a, b) -> a.productId().compareTo(b.productId()));
    return list;
  }
}
