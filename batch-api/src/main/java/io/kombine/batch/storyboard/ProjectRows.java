package io.kombine.batch.storyboard;

import io.kombine.batch.storyboard.StoryboardChecks.Settings;
import io.kombine.contracts.BatchStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Projects, their sentences and their generations in the database. */
@Repository
class ProjectRows {

  /**
   * One run of a project.
   *
   * @param sentences their ids by group index
   */
  record GenerationRow(UUID batchId, BatchStatus status, List<UUID> sentences, JobCounts jobs) {
    boolean isRunning() {
      return !status.isTerminal();
    }
  }

  private final JdbcClient jdbc;

  ProjectRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  int count(String owner) {
    return jdbc.sql("SELECT count(*) FROM storyboard_projects WHERE owner = ?")
        .param(owner)
        .query(Integer.class)
        .single();
  }

  void insert(UUID id, String owner, Settings settings, Instant now) {
    jdbc.sql(
            """
            INSERT INTO storyboard_projects (project_id, owner, name, audio_model, image_model,
              video_model, resolution, duration_sec, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            id,
            owner,
            settings.name(),
            settings.audioModel(),
            settings.imageModel(),
            settings.videoModel(),
            settings.resolution(),
            settings.durationSec(),
            utc(now),
            utc(now))
        .update();
  }

  void update(UUID id, Settings settings, Instant now) {
    jdbc.sql(
            """
            UPDATE storyboard_projects SET name = ?, audio_model = ?, image_model = ?,
              video_model = ?, resolution = ?, duration_sec = ?, updated_at = ?
            WHERE project_id = ?
            """)
        .params(
            settings.name(),
            settings.audioModel(),
            settings.imageModel(),
            settings.videoModel(),
            settings.resolution(),
            settings.durationSec(),
            utc(now),
            id)
        .update();
  }

  void touch(UUID id, Instant now) {
    jdbc.sql("UPDATE storyboard_projects SET updated_at = ? WHERE project_id = ?")
        .params(utc(now), id)
        .update();
  }

  void delete(UUID id) {
    jdbc.sql("DELETE FROM storyboard_projects WHERE project_id = ?").param(id).update();
  }

  Optional<Project> find(String owner, UUID id) {
    return jdbc.sql("SELECT * FROM storyboard_projects WHERE project_id = ? AND owner = ?")
        .params(id, owner)
        .query(ProjectRows::project)
        .optional();
  }

  /** Holds the project until the transaction ends, so that its changes follow one another. */
  Optional<Project> lock(String owner, UUID id) {
    return jdbc.sql(
            "SELECT * FROM storyboard_projects WHERE project_id = ? AND owner = ? FOR UPDATE")
        .params(id, owner)
        .query(ProjectRows::project)
        .optional();
  }

  /** The newest first. */
  List<Project> list(String owner, @Nullable UUID before, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM storyboard_projects
            WHERE owner = :owner AND (CAST(:before AS uuid) IS NULL OR project_id < :before)
            ORDER BY project_id DESC LIMIT :limit
            """)
        .param("owner", owner)
        .param("before", before)
        .param("limit", limit)
        .query(ProjectRows::project)
        .list();
  }

  Map<UUID, Integer> sentenceCounts(List<UUID> projectIds) {
    Map<UUID, Integer> counts = new HashMap<>();
    jdbc.sql(
            """
            SELECT project_id, count(*) AS sentences FROM storyboard_sentences
            WHERE project_id = ANY (?) GROUP BY project_id
            """)
        .param(projectIds.toArray(UUID[]::new))
        .query(row -> {
          counts.put(row.getObject("project_id", UUID.class), row.getInt("sentences"));
        });
    return counts;
  }

  /** In their order, at most {@link Project#MAX_SENTENCES}. */
  List<Sentence> sentences(UUID projectId) {
    return jdbc.sql("SELECT * FROM storyboard_sentences WHERE project_id = ? ORDER BY place")
        .param(projectId)
        .query((row, _) ->
            new Sentence(
                row.getObject("sentence_id", UUID.class),
                row.getInt("place"),
                row.getString("sentence"),
                row.getString("image_prompt"),
                row.getString("camera_movement"),
                row.getBigDecimal("motion_strength"),
                row.getString("voice")))
        .list();
  }

  /** Puts a sentence at a place; those from there on move up by one. */
  void insert(UUID projectId, UUID sentenceId, int place, SentenceDraft sentence) {
    jdbc.sql(
            """
            UPDATE storyboard_sentences SET place = place + 1 WHERE project_id = ? AND place >= ?
            """)
        .params(projectId, place)
        .update();
    jdbc.sql(
            """
            INSERT INTO storyboard_sentences (sentence_id, project_id, place, sentence,
              image_prompt, camera_movement, motion_strength, voice)
            VALUES (:id, :project, :place, :text, :prompt, :movement, CAST(:strength AS numeric), :voice)
            """)
        .param("id", sentenceId)
        .param("project", projectId)
        .param("place", place)
        .param("text", sentence.text())
        .param("prompt", sentence.imagePrompt())
        .param("movement", sentence.cameraMovement())
        .param("strength", sentence.motionStrength())
        .param("voice", sentence.voice())
        .update();
  }

  /**
   * @return whether the project has that sentence
   */
  boolean replace(UUID projectId, UUID sentenceId, SentenceDraft sentence) {
    return jdbc.sql(
                """
                UPDATE storyboard_sentences SET sentence = :text, image_prompt = :prompt,
                  camera_movement = :movement, motion_strength = CAST(:strength AS numeric),
                  voice = :voice
                WHERE project_id = :project AND sentence_id = :id
                """)
            .param("id", sentenceId)
            .param("project", projectId)
            .param("text", sentence.text())
            .param("prompt", sentence.imagePrompt())
            .param("movement", sentence.cameraMovement())
            .param("strength", sentence.motionStrength())
            .param("voice", sentence.voice())
            .update()
        == 1;
  }

  /** Takes a sentence away; those after it move down by one. */
  boolean remove(UUID projectId, UUID sentenceId) {
    Optional<Integer> place =
        jdbc.sql(
                """
                DELETE FROM storyboard_sentences WHERE project_id = ? AND sentence_id = ?
                RETURNING place
                """)
            .params(projectId, sentenceId)
            .query(Integer.class)
            .optional();
    place.ifPresent(gone ->
        jdbc.sql(
                """
                UPDATE storyboard_sentences SET place = place - 1
                WHERE project_id = ? AND place > ?
                """)
            .params(projectId, gone)
            .update());
    return place.isPresent();
  }

  /**
   * @param order all sentences of the project, each once
   */
  void order(UUID projectId, List<UUID> order) {
    jdbc.sql(
            """
            UPDATE storyboard_sentences s SET place = o.place - 1
            FROM unnest(CAST(? AS uuid[])) WITH ORDINALITY AS o (id, place)
            WHERE s.project_id = ? AND s.sentence_id = o.id
            """)
        .params(order.toArray(UUID[]::new), projectId)
        .update();
  }

  void insertGeneration(UUID projectId, UUID batchId, List<UUID> sentences, JobCounts jobs) {
    jdbc.sql(
            """
            INSERT INTO storyboard_generations (batch_id, project_id, sentences, audio_jobs,
              image_jobs, video_jobs)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        .params(
            batchId,
            projectId,
            sentences.toArray(UUID[]::new),
            jobs.audio(),
            jobs.image(),
            jobs.video())
        .update();
  }

  /** The project's latest run, under way or ended. */
  Optional<GenerationRow> latestGeneration(UUID projectId) {
    return generation("g.project_id = ? ORDER BY g.batch_id DESC LIMIT 1", projectId);
  }

  /** The run that a batch is. */
  Optional<GenerationRow> generationOf(UUID batchId) {
    return generation("g.batch_id = ?", batchId);
  }

  private Optional<GenerationRow> generation(String which, UUID param) {
    return jdbc.sql(
            "SELECT g.*, b.status FROM storyboard_generations g JOIN batches b USING (batch_id)"
                + " WHERE "
                + which)
        .param(param)
        .query((row, _) ->
            new GenerationRow(
                row.getObject("batch_id", UUID.class),
                BatchStatus.valueOf(row.getString("status")),
                Stream.of((UUID[]) row.getArray("sentences").getArray()).toList(),
                new JobCounts(
                    row.getInt("audio_jobs"), row.getInt("image_jobs"), row.getInt("video_jobs"))))
        .optional();
  }

  private static Project project(ResultSet row, int number) throws SQLException {
    return new Project(
        row.getObject("project_id", UUID.class),
        row.getString("owner"),
        row.getString("name"),
        row.getString("audio_model"),
        row.getString("image_model"),
        row.getString("video_model"),
        row.getString("resolution"),
        row.getBigDecimal("duration_sec"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
