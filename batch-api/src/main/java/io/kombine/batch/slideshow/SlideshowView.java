package io.kombine.batch.slideshow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A slideshow batch as its door shows it. Steps are counted; {@code total} is the sum of the other
 * five numbers, and 0 as long as the batch is {@code PLANNING}.
 *
 * @param failed also what never ran for want of slides or of its analysis
 * @param percent steps that have ended, of all; 100 only when the files are delivered too. Falls
 *     only when somebody retries what has failed
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SlideshowView(
    UUID batchId,
    String name,
    BatchStatus status,
    int total,
    int completed,
    int failed,
    int cancelled,
    int inProgress,
    int remaining,
    int percent,
    Eta eta,
    List<Activity> recentActivity,
    List<LinkRow> links,
    @Nullable String driveFolderUrl,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable StepProblem error) {

  public SlideshowView {
    recentActivity = List.copyOf(recentActivity);
    links = List.copyOf(links);
  }

  /**
   * How long the rest will take: half of all such batches end by the first, nine in ten by the
   * second.
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Eta(
      @JsonProperty("p50_seconds") @Nullable Long p50Seconds,
      @JsonProperty("p90_seconds") @Nullable Long p90Seconds) {}

  /**
   * Something that happened, the latest first.
   *
   * @param link number, from 1, as in its folder's name
   * @param variation number, from 1; absent where the link's slides were looked for
   * @param slide number, from 0, as in its file's name; absent for an analysis
   * @param state of the step since; absent where slides were found or not
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Activity(
      Instant time,
      int link,
      @Nullable Integer variation,
      @Nullable Integer slide,
      @Nullable StepKind kind,
      @Nullable StepState state,
      String message) {}

  /**
   * One link.
   *
   * @param link number, from 1
   * @param slides how many it has; absent until they are found
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LinkRow(
      int link,
      String url,
      @Nullable String username,
      String folder,
      LinkStatus status,
      @Nullable Integer slides,
      int total,
      int completed,
      int failed,
      int cancelled,
      int inProgress,
      int remaining,
      @Nullable StepProblem error) {}

  /** Where a link stands. */
  public enum LinkStatus {
    /** Its slides are looked for. */
    RESOLVING,
    /** Its slides are there; the batch is not planned yet. */
    RESOLVED,
    /** Not its turn yet. */
    WAITING,
    IN_PROGRESS,
    /** Nothing of it goes on without a person. */
    WAITING_FOR_DECISION,
    COMPLETED,
    COMPLETED_WITH_FAILURES,
    FAILED,
    CANCELLED;

    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
