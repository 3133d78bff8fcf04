package io.kombine.batch.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.StepCounts;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepProblem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A batch of any kind as clients read it (design §5.6); the gateway answers the same document from
 * its own projection. What is not known yet is {@code null}; {@code error} is absent where there is
 * none.
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record BatchView(
    UUID batchId,
    BatchKind kind,
    String name,
    BatchStatus status,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Counts counts,
    List<Stage> stages,
    Cost cost,
    Eta eta,
    Delivery delivery,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable StepProblem error) {

  public BatchView {
    stages = List.copyOf(stages);
  }

  /** Steps by state; all but {@code total} add up to {@code total}. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Counts(
      int total,
      int waiting,
      int ready,
      int queued,
      int running,
      int retryWait,
      int awaitingApproval,
      int unknown,
      int succeeded,
      int failed,
      int cancelled,
      int skipped) {

    static Counts of(StepCounts c) {
      return new Counts(
          c.total(),
          c.waiting(),
          c.ready(),
          c.queued(),
          c.running(),
          c.retryWait(),
          c.awaitingApproval(),
          c.unknown(),
          c.succeeded(),
          c.failed(),
          c.cancelled(),
          c.skipped());
    }
  }

  /** One stage that the batch has steps of. */
  public record Stage(StepKind kind, int total, int succeeded, int failed, int running) {}

  /** Money so far and to come, in one currency. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Cost(
      String currency, BigDecimal quoted, BigDecimal spent, BigDecimal held, BigDecimal toFinish) {}

  /** How long the rest will take. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Eta(
      @JsonProperty("p50_seconds") @Nullable Long p50Seconds,
      @JsonProperty("p90_seconds") @Nullable Long p90Seconds) {}

  /**
   * How far the folder tree is.
   *
   * @param files deliveries known so far, the manifest among them
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Delivery(DeliveryStatus status, @Nullable String folderUrl, int files) {}

  /** Where a batch's deliveries stand as a whole. */
  public enum DeliveryStatus {
    /** Nothing is to be delivered yet. */
    PENDING,
    RUNNING,
    COMPLETED,
    COMPLETED_WITH_FAILURES,
    FAILED;

    static DeliveryStatus of(int files, int delivered, int failed, boolean complete) {
      if (!complete) {
        return files == 0 ? PENDING : RUNNING;
      }
      if (failed == 0) {
        return COMPLETED;
      }
      return delivered == 0 ? FAILED : COMPLETED_WITH_FAILURES;
    }
  }
}
