package io.kombine.batch.slideshow;

import io.kombine.batch.model.Accepted;
import io.kombine.batch.model.BatchService;
import io.kombine.batch.model.PlanningBatch;
import io.kombine.batch.slideshow.SlideAnswer.Found;
import io.kombine.batch.slideshow.SlideAnswer.Reason;
import io.kombine.batch.slideshow.SlideSource.Wanted;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepProblem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;

/**
 * The links of slideshow batches while their slides are looked for. A lookup belongs to the process
 * whose lease it is, by the database's clock; the answer of one that lost it is not taken.
 */
@Repository
class SlideshowRows {

  private static final TypeReference<List<ArtifactRef>> ARTIFACTS = new TypeReference<>() {};
  private static final TypeReference<List<String>> URLS = new TypeReference<>() {};

  /** A link as it is accepted. */
  record NewLink(
      TikTokLink link, ArtifactRef product, String description, @Nullable List<String> given) {}

  /**
   * A link to look for.
   *
   * @param attempt number of this one, from 1
   */
  record Lookup(UUID batchId, int attempt, Wanted wanted) {}

  private final JdbcClient jdbc;
  private final BatchService batches;

  SlideshowRows(JdbcClient jdbc, BatchService batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /** Writes a batch with its links, unless its idempotency key has written it before. */
  @Transactional
  Accepted accept(PlanningBatch batch, List<NewLink> links) {
    Accepted accepted = batches.acceptPlanning(batch);
    if (accepted.replayed()) {
      return accepted;
    }
    for (int i = 0; i < links.size(); i++) {
      NewLink link = links.get(i);
      jdbc.sql(
              """
              INSERT INTO slideshow_links
                (batch_id, link_index, link, product, description, given, username, post_id)
              VALUES (?, ?, CAST(? AS jsonb), CAST(? AS jsonb), ?, CAST(nullif(?, '') AS jsonb),
                nullif(?, ''), nullif(?, ''))
              """)
          .params(
              accepted.batchId(),
              i,
              json(link.link()),
              json(link.product()),
              link.description(),
              link.given() == null ? "" : json(link.given()),
              orEmpty(link.link().username()),
              orEmpty(link.link().postId()))
          .update();
    }
    return accepted;
  }

  /**
   * Takes links to look for: those due, of all batches in turn.
   *
   * @param owner of the leases
   */
  @Transactional
  List<Lookup> claim(String owner, int most, Duration lease) {
    return jdbc.sql(
            """
            UPDATE slideshow_links l SET lease_owner = :owner, attempts = l.attempts + 1,
              lease_until = now() + make_interval(secs => :lease)
            FROM batches b
            WHERE b.batch_id = l.batch_id AND (l.batch_id, l.link_index) IN (
              SELECT p.batch_id, p.link_index
              FROM slideshow_links p JOIN batches pb ON pb.batch_id = p.batch_id
              WHERE p.state = 'PENDING' AND p.due_at <= now()
                AND (p.lease_until IS NULL OR p.lease_until < now())
                AND pb.planning AND pb.hold <> 'CANCELLED'
              ORDER BY p.link_index, p.due_at, p.batch_id LIMIT :most FOR UPDATE OF p SKIP LOCKED)
            RETURNING l.batch_id, l.link_index, l.attempts, l.link, l.given, b.owner AS batch_owner
            """)
        .param("owner", owner)
        .param("lease", lease.toMillis() / 1000.0)
        .param("most", most)
        .query((row, _) ->
            new Lookup(
                row.getObject("batch_id", UUID.class),
                row.getInt("attempts"),
                new Wanted(
                    row.getString("batch_owner"),
                    row.getInt("link_index") + 1,
                    link(row),
                    row.getString("given") == null
                        ? null
                        : ContractJson.mapper().readValue(row.getString("given"), URLS))))
        .list();
  }

  /** Keeps the leases of lookups that go on. */
  @Transactional
  void renew(String owner, Duration lease) {
    jdbc.sql(
            """
            UPDATE slideshow_links SET lease_until = now() + make_interval(secs => ?)
            WHERE state = 'PENDING' AND lease_owner = ?
            """)
        .params(lease.toMillis() / 1000.0, owner)
        .update();
  }

  /** Lets others take at once what this process will not finish. */
  @Transactional
  void release(String owner) {
    jdbc.sql(
            """
            UPDATE slideshow_links SET lease_owner = NULL, lease_until = NULL
            WHERE state = 'PENDING' AND lease_owner = ?
            """)
        .param(owner)
        .update();
  }

  /** Takes slides, unless another link of the batch has led to the same post. */
  @Transactional
  void found(String owner, Lookup lookup, Found found) {
    // why the lock: two links to one post may be found at the same time
    jdbc.sql("SELECT 1 FROM batches WHERE batch_id = ? FOR UPDATE")
        .param(lookup.batchId())
        .query(Integer.class)
        .single();
    int index = lookup.wanted().number() - 1;
    List<Integer> same =
        jdbc.sql(
                """
                SELECT link_index FROM slideshow_links
                WHERE batch_id = ? AND post_id = nullif(?, '') AND link_index <> ?
                  AND (state = 'RESOLVED' OR link ->> 'postId' IS NOT NULL)
                ORDER BY link_index LIMIT 1
                """)
            .params(lookup.batchId(), orEmpty(found.postId()), index)
            .query(Integer.class)
            .list();
    if (!same.isEmpty()) {
      failed(
          owner,
          lookup,
          new StepProblem(
              Reason.DUPLICATE.code(),
              "It leads to the same post as link " + (same.getFirst() + 1) + "."));
      return;
    }
    jdbc.sql(
            """
            UPDATE slideshow_links SET state = 'RESOLVED', slides = CAST(? AS jsonb), given = NULL,
              username = coalesce(username, nullif(?, '')),
              post_id = coalesce(post_id, nullif(?, '')),
              error_code = NULL, error_message = NULL, lease_owner = NULL, lease_until = NULL,
              resolved_at = now()
            WHERE batch_id = ? AND link_index = ? AND lease_owner = ? AND state = 'PENDING'
            """)
        .params(
            json(found.slides()),
            orEmpty(found.username()),
            orEmpty(found.postId()),
            lookup.batchId(),
            index,
            owner)
        .update();
  }

  /** Ends a link without slides. */
  @Transactional
  void failed(String owner, Lookup lookup, StepProblem problem) {
    jdbc.sql(
            """
            UPDATE slideshow_links SET state = 'FAILED', error_code = ?, error_message = ?,
              given = NULL, lease_owner = NULL, lease_until = NULL, resolved_at = now()
            WHERE batch_id = ? AND link_index = ? AND lease_owner = ? AND state = 'PENDING'
            """)
        .params(
            problem.code(),
            problem.message(),
            lookup.batchId(),
            lookup.wanted().number() - 1,
            owner)
        .update();
  }

  /** Has a link looked for once more, later. */
  @Transactional
  void later(String owner, Lookup lookup, Duration pause, StepProblem problem) {
    jdbc.sql(
            """
            UPDATE slideshow_links SET due_at = now() + make_interval(secs => ?),
              error_code = ?, error_message = ?, lease_owner = NULL, lease_until = NULL
            WHERE batch_id = ? AND link_index = ? AND lease_owner = ? AND state = 'PENDING'
            """)
        .params(
            pause.toMillis() / 1000.0,
            problem.code(),
            problem.message(),
            lookup.batchId(),
            lookup.wanted().number() - 1,
            owner)
        .update();
  }

  /** Batches all of whose links are looked for, oldest first. */
  @Transactional(readOnly = true)
  List<UUID> plannable(int most) {
    return jdbc.sql(
            """
            SELECT b.batch_id FROM batches b
            WHERE b.planning AND b.finished_at IS NULL AND b.hold <> 'CANCELLED'
              AND b.kind = 'SLIDESHOW'
              AND NOT EXISTS (SELECT 1 FROM slideshow_links l
                WHERE l.batch_id = b.batch_id AND l.state = 'PENDING')
            ORDER BY b.batch_id LIMIT ?
            """)
        .param(most)
        .query(UUID.class)
        .list();
  }

  /** All links of a batch as they are known, in order. */
  @Transactional(readOnly = true)
  List<LinkSlides> links(UUID batchId) {
    return jdbc.sql("SELECT * FROM slideshow_links WHERE batch_id = ? ORDER BY link_index")
        .param(batchId)
        .query((row, _) ->
            new LinkSlides(
                link(row),
                row.getString("username"),
                ContractJson.mapper().readValue(row.getString("product"), ArtifactRef.class),
                row.getString("description"),
                row.getString("slides") == null
                    ? List.of()
                    : ContractJson.mapper().readValue(row.getString("slides"), ARTIFACTS),
                error(row)))
        .list();
  }

  private static @Nullable StepProblem error(ResultSet row) throws SQLException {
    String code = row.getString("error_code");
    String message = row.getString("error_message");
    return code == null || message == null ? null : new StepProblem(code, message);
  }

  private static TikTokLink link(ResultSet row) throws SQLException {
    return ContractJson.mapper().readValue(row.getString("link"), TikTokLink.class);
  }

  private static String json(Object value) {
    return ContractJson.mapper().writeValueAsString(value);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
