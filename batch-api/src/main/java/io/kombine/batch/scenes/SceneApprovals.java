package io.kombine.batch.scenes;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.problem.Texts;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** People's choice of one image for each scene of a job; a later choice replaces an earlier one. */
@Service
public class SceneApprovals {

  private final JdbcClient jdbc;
  private final Clock clock;

  SceneApprovals(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A choice as it came. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Choice(@Nullable String sceneId, @Nullable UUID artifactId) {}

  /** A choice that holds. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Approval(String sceneId, UUID artifactId, String url, String thumbnailUrl) {

    static Approval of(String sceneId, UUID artifactId) {
      String url = OwnedArtifact.path(artifactId);
      return new Approval(sceneId, artifactId, url, url + "?thumbnail=128");
    }
  }

  /**
   * Approves images, all of them or none.
   *
   * @return all approvals of the job afterwards, in the order of its scenes; absent where the owner
   *     has no such job of images
   * @throws ProblemException naming every choice that cannot be made
   */
  @Transactional
  public Optional<List<Approval>> approve(
      String owner, UUID jobId, @Nullable List<@Nullable Choice> choices) {
    Map<String, Set<UUID>> images = images(owner, jobId);
    if (images.isEmpty()) {
      return Optional.empty();
    }
    FieldProblems invalid = new FieldProblems();
    FieldProblems misplaced = new FieldProblems();
    List<Approval> approvals = new ArrayList<>();
    if (choices == null || choices.isEmpty() || choices.size() > SceneChecks.MAX_ITEMS) {
      invalid.add("approvals", "must hold 1 to " + SceneChecks.MAX_ITEMS + " elements");
    } else {
      for (int i = 0; i < choices.size(); i++) {
        Choice choice = choices.get(i) == null ? new Choice(null, null) : choices.get(i);
        check("approvals[" + i + "]", choice, images, approvals, invalid, misplaced);
      }
    }
    invalid.throwIfAny(ProblemType.INVALID_REQUEST);
    misplaced.throwIfAny(ProblemType.IMAGE_OF_ANOTHER_SCENE);
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    for (Approval approval : approvals) {
      jdbc.sql(
              """
              INSERT INTO scene_approvals (batch_id, scene_id, artifact_id, approved_at)
              VALUES (?, ?, ?, ?)
              ON CONFLICT (batch_id, scene_id) DO UPDATE
              SET artifact_id = excluded.artifact_id, approved_at = excluded.approved_at
              """)
          .params(jobId, approval.sceneId(), approval.artifactId(), now)
          .update();
    }
    return find(owner, jobId);
  }

  /** Takes a scene's approval back; harmless where there is none. */
  @Transactional
  public Optional<List<Approval>> withdraw(String owner, UUID jobId, String sceneId) {
    jdbc.sql(
            """
            DELETE FROM scene_approvals a USING scene_rows r
            WHERE a.batch_id = ? AND a.scene_id = ? AND r.batch_id = a.batch_id
              AND r.scene_id = a.scene_id AND r.owner = ?
            """)
        .params(jobId, sceneId, owner)
        .update();
    return find(owner, jobId);
  }

  /** The approvals of an owner's job of images, in the order of its scenes. */
  @Transactional(readOnly = true)
  public Optional<List<Approval>> find(String owner, UUID jobId) {
    record Row(String sceneId, @Nullable UUID artifactId) {}
    List<Row> rows =
        jdbc.sql(
                """
                SELECT r.scene_id, a.artifact_id FROM scene_rows r
                LEFT JOIN scene_approvals a USING (batch_id, scene_id)
                WHERE r.batch_id = ? AND r.owner = ? AND NOT r.videos ORDER BY r.group_index
                """)
            .params(jobId, owner)
            .query(Row.class)
            .list();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Approval> approvals = new ArrayList<>();
    for (Row row : rows) {
      if (row.artifactId() != null) {
        approvals.add(Approval.of(row.sceneId(), row.artifactId()));
      }
    }
    return Optional.of(approvals);
  }

  /** The images that each scene of a job has so far; no scene at all where there is no such job. */
  private Map<String, Set<UUID>> images(String owner, UUID jobId) {
    Map<String, Set<UUID>> images = new HashMap<>();
    jdbc.sql(
            """
            SELECT r.scene_id, o.artifact_id FROM scene_rows r
            LEFT JOIN steps s ON s.batch_id = r.batch_id AND s.group_index = r.group_index
              AND s.state = 'SUCCEEDED'
            LEFT JOIN step_outputs o ON o.step_id = s.step_id
            WHERE r.batch_id = ? AND r.owner = ? AND NOT r.videos
            """)
        .params(jobId, owner)
        .query(row -> {
          Set<UUID> ofScene =
              images.computeIfAbsent(row.getString("scene_id"), _ -> new HashSet<>());
          UUID artifact = row.getObject("artifact_id", UUID.class);
          if (artifact != null) {
            ofScene.add(artifact);
          }
        });
    return images;
  }

  private static void check(
      String at,
      Choice choice,
      Map<String, Set<UUID>> images,
      List<Approval> approvals,
      FieldProblems invalid,
      FieldProblems misplaced) {
    String sceneId =
        Texts.required(invalid, at + ".scene_id", choice.sceneId(), SceneChecks.MAX_SCENE_ID)
            .strip();
    UUID artifact = choice.artifactId();
    if (artifact == null) {
      invalid.add(at + ".artifact_id", "is required");
    }
    if (sceneId.isEmpty() || artifact == null) {
      return;
    }
    Set<UUID> ofScene = images.get(sceneId);
    if (ofScene == null) {
      invalid.add(at + ".scene_id", "names no scene of the job", images.keySet());
    } else if (approvals.stream().anyMatch(other -> other.sceneId().equals(sceneId))) {
      invalid.add(at + ".scene_id", "has an approval already: exactly one image is a scene's");
    } else if (!ofScene.contains(artifact)) {
      misplaced.add(
          at + ".artifact_id",
          "names no image of scene " + sceneId,
          ofScene.stream().map(UUID::toString).toList());
    } else {
      approvals.add(Approval.of(sceneId, artifact));
    }
  }
}
