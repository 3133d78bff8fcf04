package io.kombine.batch.slideshow;

import io.kombine.batch.model.BatchRow;
import io.kombine.batch.slideshow.SlideshowView.Activity;
import io.kombine.batch.slideshow.SlideshowView.Eta;
import io.kombine.batch.slideshow.SlideshowView.LinkRow;
import io.kombine.batch.slideshow.SlideshowView.LinkStatus;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads slideshow batches as their door shows them, each of one moment. */
@Repository
public class SlideshowViews {

  private static final int ACTIVITIES = 20;

  private final JdbcClient jdbc;

  SlideshowViews(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The owner's slideshow batch; nothing where there is none, or it is another's. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Optional<SlideshowView> find(String owner, UUID batchId) {
    return jdbc.sql(
            "SELECT %s FROM batches WHERE batch_id = ? AND owner = ? AND kind = ?"
                .formatted(BatchRow.COLUMNS))
        .params(batchId, owner, BatchKind.SLIDESHOW.name())
        .query(BatchRow::of)
        .optional()
        .map(this::view);
  }

  private SlideshowView view(BatchRow batch) {
    UUID batchId = batch.batchId();
    Map<Integer, StepTally> tallies = new HashMap<>();
    StepTally all = new StepTally();
    jdbc.sql(
            """
            SELECT group_index, state, count(*) AS steps FROM steps
            WHERE batch_id = ? GROUP BY group_index, state
            """)
        .param(batchId)
        .query(row -> {
          StepState state = StepState.valueOf(row.getString("state"));
          int steps = row.getInt("steps");
          all.add(state, steps);
          tallies
              .computeIfAbsent(row.getInt("group_index"), any -> new StepTally())
              .add(state, steps);
        });
    int percent = all.total() == 0 ? 0 : (int) (100L * all.ended() / all.total());
    String code = batch.errorCode();
    return new SlideshowView(
        batchId,
        batch.name(),
        batch.status(),
        all.total(),
        all.completed(),
        all.failed(),
        all.cancelled(),
        all.inProgress(),
        all.remaining(),
        batch.status().isTerminal() ? percent : Math.min(99, percent),
        new Eta(batch.etaP50Seconds(), batch.etaP90Seconds()),
        activities(batchId),
        links(batchId, tallies),
        batch.folderUrl(),
        batch.createdAt(),
        batch.startedAt(),
        batch.finishedAt(),
        code == null
            ? null
            : new StepProblem(code, batch.errorMessage() == null ? code : batch.errorMessage()));
  }

  private List<LinkRow> links(UUID batchId, Map<Integer, StepTally> tallies) {
    Set<Integer> placed =
        new HashSet<>(
            jdbc.sql("SELECT group_index FROM batch_groups WHERE batch_id = ? AND in_progress")
                .param(batchId)
                .query(Integer.class)
                .list());
    return jdbc.sql(
            """
            SELECT link_index, link ->> 'url' AS url, username, state, error_code, error_message,
              jsonb_array_length(slides) AS slides
            FROM slideshow_links WHERE batch_id = ? ORDER BY link_index
            """)
        .param(batchId)
        .query((row, _) -> {
          int index = row.getInt("link_index");
          return row(row, tallies.get(index), placed.contains(index));
        })
        .list();
  }

  private static LinkRow row(ResultSet row, @Nullable StepTally planned, boolean hasPlace)
      throws SQLException {
    StepTally tally = planned == null ? new StepTally() : planned;
    int index = row.getInt("link_index");
    String state = row.getString("state");
    LinkStatus status =
        switch (state) {
          case "FAILED" -> LinkStatus.FAILED;
          case "PENDING" -> LinkStatus.RESOLVING;
          default -> planned == null ? LinkStatus.RESOLVED : tally.status(hasPlace);
        };
    String code = state.equals("FAILED") ? row.getString("error_code") : null;
    String username = row.getString("username");
    return new LinkRow(
        index + 1,
        row.getString("url"),
        username,
        SlideshowNames.link(index, username),
        status,
        row.getObject("slides", Integer.class),
        tally.total(),
        tally.completed(),
        tally.failed(),
        tally.cancelled(),
        tally.inProgress(),
        tally.remaining(),
        code == null ? null : new StepProblem(code, row.getString("error_message")));
  }

  private List<Activity> activities(UUID batchId) {
    List<Activity> activities =
        new ArrayList<>(
            jdbc.sql(
                    """
                    SELECT group_index, variation, prompt_index, kind, state, error_message,
                      touched_at
                    FROM steps
                    WHERE batch_id = ? AND state IN
                      ('RUNNING', 'RETRY_WAIT', 'UNKNOWN', 'CANCELLED', 'FAILED', 'SUCCEEDED')
                    ORDER BY touched_at DESC, ordinal DESC LIMIT ?
                    """)
                .params(batchId, ACTIVITIES)
                .query((row, _) -> activity(row))
                .list());
    activities.addAll(
        jdbc.sql(
                """
                SELECT link_index, resolved_at, state, error_message,
                  jsonb_array_length(slides) AS slides
                FROM slideshow_links WHERE batch_id = ? AND resolved_at IS NOT NULL
                ORDER BY resolved_at DESC, link_index DESC LIMIT ?
                """)
            .params(batchId, ACTIVITIES)
            .query((row, _) ->
                new Activity(
                    time(row, "resolved_at"),
                    row.getInt("link_index") + 1,
                    null,
                    null,
                    null,
                    null,
                    row.getString("state").equals("FAILED")
                        ? "no slides: " + row.getString("error_message")
                        : row.getInt("slides") + " slides found"))
            .list());
    return activities.stream()
        .sorted(Comparator.comparing(Activity::time).reversed())
        .limit(ACTIVITIES)
        .toList();
  }

  private static Activity activity(ResultSet row) throws SQLException {
    StepKind kind = StepKind.of(row.getString("kind"));
    StepState state = StepState.valueOf(row.getString("state"));
    Integer slide = kind == StepKind.I2I ? row.getInt("prompt_index") : null;
    String what = slide == null ? "analysis" : "slide " + slide;
    String error = row.getString("error_message");
    return new Activity(
        time(row, "touched_at"),
        row.getInt("group_index") + 1,
        row.getInt("variation") + 1,
        slide,
        kind,
        state,
        what + " " + word(state) + (error == null ? "" : ": " + error));
  }

  private static String word(StepState state) {
    return switch (state) {
      case RUNNING -> "is being made";
      case RETRY_WAIT -> "is tried again";
      case UNKNOWN -> "has an unknown outcome";
      case CANCELLED -> "was cancelled";
      case FAILED -> "failed";
      case SUCCEEDED -> "is done";
      case WAITING, AWAITING_APPROVAL, READY, QUEUED, SKIPPED -> "waits";
    };
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
