package io.kombine.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A batch of any kind as clients read it (design §5.6): batch-api answers it from its database, the
 * gateway from its projection. What is not known yet is {@code null}; {@code error} is absent where
 * there is none.
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

    public static Counts of(StepCounts c) {
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
  public record Stage(StepKind kind, int total, int succeeded, int failed, int running) {

    public static Stage of(StepKind kind, StepCounts counts) {
      return new Stage(kind, counts.total(), counts.succeeded(), counts.failed(), counts.running());
    }
  }

  /** Money so far and to come, in one currency. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Cost(
      String currency, BigDecimal quoted, BigDecimal spent, BigDecimal held, BigDecimal toFinish) {

    public static Cost of(BatchCost cost) {
      return new Cost(cost.currency(), cost.quoted(), cost.spent(), cost.held(), cost.toFinish());
    }
  }

  /** How long the rest will take; null where nothing is known yet. */
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
  public record Delivery(DeliveryStatus status, @Nullable String folderUrl, int files) {

    /**
     * @param complete whether nothing more will be delivered
     */
    public static Delivery of(DeliveryProgress progress, boolean complete) {
      return new Delivery(
          DeliveryStatus.of(progress, complete), progress.folderUrl(), progress.files());
    }
  }

  /** Where a batch's deliveries stand as a whole. */
  public enum DeliveryStatus {
    /** Nothing is to be delivered yet. */
    PENDING,
    RUNNING,
    COMPLETED,
    COMPLETED_WITH_FAILURES,
    FAILED;

    private static DeliveryStatus of(DeliveryProgress progress, boolean complete) {
      if (!complete) {
        return progress.files() == 0 ? PENDING : RUNNING;
      }
      if (progress.failed() == 0) {
        return COMPLETED;
      }
      return progress.delivered() == 0 ? FAILED : COMPLETED_WITH_FAILURES;
    }
  }
}
