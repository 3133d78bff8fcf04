package io.kombine.batch.storyboard;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds sentences' assets: by content key among all that the owner has, and the latest ones among
 * the project's {@value #GENERATIONS} latest generations.
 */
@Repository
class AssetReads {

  private static final int GENERATIONS = 50;

  private final JdbcClient jdbc;

  AssetReads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The assets of all sentences of a project, in their order. */
  Map<Sentence, SentenceAssets> of(Project project, List<Sentence> sentences, SentenceCalls calls) {
    Map<UUID, Map<StepKind, MadeAsset>> latest = latest(project.id());
    Set<String> keys = new HashSet<>();
    for (Sentence sentence : sentences) {
      keys.add(calls.speechKey(sentence));
      String image = calls.imageKey(sentence);
      if (image != null) {
        keys.add(image);
      }
    }
    Map<String, MadeAsset> known = byKey(project.owner(), keys);
    Map<Sentence, Asset> images = new HashMap<>();
    Map<Sentence, String> videoKeys = new HashMap<>();
    for (Sentence sentence : sentences) {
      String key = calls.imageKey(sentence);
      Asset image =
          Asset.of(key == null ? null : known.get(key), of(latest, sentence, StepKind.I2I));
      images.put(sentence, image);
      MadeAsset made = image.made();
      if (made != null) {
        videoKeys.put(sentence, calls.videoKey(sentence, made.artifact()));
      }
    }
    Map<String, MadeAsset> videos = byKey(project.owner(), Set.copyOf(videoKeys.values()));
    Map<Sentence, SentenceAssets> assets = new LinkedHashMap<>();
    for (Sentence sentence : sentences) {
      Asset image = images.getOrDefault(sentence, Asset.MISSING);
      String videoKey = videoKeys.get(sentence);
      MadeAsset video = videoKey == null ? null : videos.get(videoKey);
      MadeAsset latestVideo = video == null ? of(latest, sentence, StepKind.I2V) : video;
      assets.put(
          sentence,
          new SentenceAssets(
              Asset.of(known.get(calls.speechKey(sentence)), of(latest, sentence, StepKind.AUDIO)),
              image,
              Asset.of(image.isClean() ? video : null, latestVideo),
              video != null));
    }
    return assets;
  }

  private Map<UUID, Map<StepKind, MadeAsset>> latest(UUID projectId) {
    Map<UUID, Map<StepKind, MadeAsset>> latest = new HashMap<>();
    jdbc.sql(
            """
            WITH recent AS (
              SELECT batch_id, sentences FROM storyboard_generations
              WHERE project_id = ? ORDER BY batch_id DESC LIMIT ?)
            SELECT DISTINCT ON (g.sentences[s.group_index + 1], s.kind)
              g.sentences[s.group_index + 1] AS sentence, s.kind, o.artifact_id, o.artifact
            FROM recent g
            JOIN steps s ON s.batch_id = g.batch_id AND s.state = 'SUCCEEDED'
            JOIN step_outputs o ON o.step_id = s.step_id AND o.output_index = 0
            ORDER BY g.sentences[s.group_index + 1], s.kind, g.batch_id DESC
            """)
        .params(projectId, GENERATIONS)
        .query(row -> {
          latest
              .computeIfAbsent(
                  row.getObject("sentence", UUID.class), any -> new EnumMap<>(StepKind.class))
              .put(StepKind.of(row.getString("kind")), made(row));
        });
    return latest;
  }

  private Map<String, MadeAsset> byKey(String owner, Set<String> keys) {
    Map<String, MadeAsset> known = new HashMap<>();
    jdbc.sql(
            """
            SELECT k.content_key, o.artifact_id, o.artifact
            FROM content_keys k
            JOIN step_outputs o ON o.step_id = k.step_id AND o.output_index = 0
            WHERE k.owner = ? AND k.content_key = ANY (?)
            """)
        .params(owner, keys.toArray(String[]::new))
        .query(row -> {
          known.put(row.getString("content_key"), made(row));
        });
    return known;
  }

  private static MadeAsset made(ResultSet row) throws SQLException {
    return new MadeAsset(
        row.getObject("artifact_id", UUID.class),
        ContractJson.mapper().readValue(row.getString("artifact"), ArtifactRef.class));
  }

  private static @Nullable MadeAsset of(
      Map<UUID, Map<StepKind, MadeAsset>> latest, Sentence sentence, StepKind kind) {
    return latest.getOrDefault(sentence.id(), Map.of()).get(kind);
  }
}
