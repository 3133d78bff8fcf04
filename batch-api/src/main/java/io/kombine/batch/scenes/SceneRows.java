package io.kombine.batch.scenes;

import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.artifact.OwnedArtifacts;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which scenes a job has, and their approved images. */
@Repository
class SceneRows {

  private final JdbcClient jdbc;
  private final OwnedArtifacts artifacts;

  SceneRows(JdbcClient jdbc, OwnedArtifacts artifacts) {
    this.jdbc = jdbc;
    this.artifacts = artifacts;
  }

  /** Writes a job's scenes in the order of its groups. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void write(UUID batchId, String owner, List<String> sceneIds, boolean videos) {
    for (int group = 0; group < sceneIds.size(); group++) {
      jdbc.sql(
              """
              INSERT INTO scene_rows (batch_id, group_index, owner, scene_id, videos)
              VALUES (?, ?, ?, ?, ?)
              """)
          .params(batchId, group, owner, sceneIds.get(group), videos)
          .update();
    }
  }

  private record Approved(UUID artifactId, String prompt) {}

  /**
   * The approved image of each clip's scene, from the job that the clip names or the scene's
   * latest.
   *
   * @throws io.kombine.batch.problem.ProblemException naming all that have none
   */
  @Transactional(readOnly = true)
  public List<ApprovedImage> approved(String owner, List<Clip> clips) {
    FieldProblems missing = new FieldProblems();
    List<ApprovedImage> images = new ArrayList<>();
    for (int i = 0; i < clips.size(); i++) {
      Clip clip = clips.get(i);
      Optional<ApprovedImage> image = approved(owner, clip);
      if (image.isEmpty()) {
        missing.add(
            "items[" + i + "].scene_id",
            clip.jobId() == null
                ? "names a scene without an approved image in its latest job"
                : "names a scene without an approved image in job " + clip.jobId());
      }
      image.ifPresent(images::add);
    }
    missing.throwIfAny(ProblemType.NOT_APPROVED);
    return images;
  }

  private Optional<ApprovedImage> approved(String owner, Clip clip) {
    Optional<Approved> approved =
        jdbc.sql(
                """
                SELECT a.artifact_id, (
                  SELECT s.prompt FROM steps s
                  WHERE s.batch_id = r.batch_id AND s.group_index = r.group_index
                  ORDER BY s.ordinal LIMIT 1) AS prompt
                FROM (SELECT * FROM scene_rows
                      WHERE owner = :owner AND scene_id = :scene AND NOT videos
                        AND (CAST(:job AS uuid) IS NULL OR batch_id = CAST(:job AS uuid))
                      ORDER BY batch_id DESC LIMIT 1) r
                JOIN scene_approvals a USING (batch_id, scene_id)
                """)
            .param("owner", owner)
            .param("scene", clip.sceneId())
            .param("job", clip.jobId())
            .query(Approved.class)
            .optional();
    return approved.flatMap(image -> {
      Optional<OwnedArtifact> artifact = artifacts.find(owner, image.artifactId());
      String prompt = clip.prompt() == null ? image.prompt() : clip.prompt();
      return artifact.map(found -> new ApprovedImage(clip.sceneId(), prompt, found));
    });
  }
}
