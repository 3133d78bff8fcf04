package io.kombine.batch.storyboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.storyboard.ProjectRows.GenerationRow;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.BatchStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Projects as their owners read them. */
@Service
@Transactional(readOnly = true)
public class ProjectViews {

  /** The most projects of one page. */
  public static final int MAX_LIMIT = 200;

  private final ProjectRows rows;
  private final AssetReads assets;
  private final ModelCatalog catalog;

  ProjectViews(ProjectRows rows, AssetReads assets, ModelCatalog catalog) {
    this.rows = rows;
    this.assets = assets;
    this.catalog = catalog;
  }

  /** One of a list. */
  public record Summary(
      UUID id, String name, int sentenceCount, Instant createdAt, Instant updatedAt) {}

  /**
   * Some projects, the newest first.
   *
   * @param nextCursor where the next page begins; absent on the last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(List<Summary> projects, @Nullable UUID nextCursor) {}

  /** A project with its sentences and their assets. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record View(
      UUID id,
      String name,
      String audioModel,
      String imageModel,
      String videoModel,
      String resolution,
      BigDecimal durationSec,
      Instant createdAt,
      Instant updatedAt,
      @Nullable GenerationView generation,
      List<SentenceView> sentences) {}

  /** The project's latest generation. */
  public record GenerationView(
      UUID batchId, BatchStatus status, boolean running, JobCounts jobCounts) {}

  /**
   * A sentence.
   *
   * @param position from 1
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SentenceView(
      UUID id,
      int position,
      String text,
      @Nullable String imagePrompt,
      @Nullable String cameraMovement,
      @Nullable BigDecimal motionStrength,
      @Nullable String voice,
      Dirty dirty,
      Assets assets) {}

  /** Which assets a generation would make. */
  public record Dirty(boolean audio, boolean image, boolean video) {}

  public record Assets(AssetView audio, AssetView image, AssetView video) {}

  /**
   * An asset.
   *
   * @param status {@code clean}, {@code dirty} (made of something else than what the sentence says
   *     now) or {@code missing}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AssetView(
      String status,
      @Nullable String url,
      @Nullable String thumbnailUrl,
      @Nullable String mediaType,
      @Nullable Long bytes,
      @Nullable Integer widthPx,
      @Nullable Integer heightPx,
      @Nullable BigDecimal seconds,
      @Nullable String sha256) {}

  /**
   * Which batch is to be watched for a project, for gateways.
   *
   * @param sentences their ids by the batch's group index
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Watched(
      UUID projectId, @Nullable UUID batchId, boolean running, List<UUID> sentences) {}

  /** A page of an owner's projects. */
  public Page list(String owner, @Nullable UUID cursor, int limit) {
    List<Project> found = rows.list(owner, cursor, limit + 1);
    List<Project> page = found.size() > limit ? found.subList(0, limit) : found;
    Map<UUID, Integer> counts = rows.sentenceCounts(page.stream().map(Project::id).toList());
    return new Page(
        page.stream()
            .map(project ->
                new Summary(
                    project.id(),
                    project.name(),
                    counts.getOrDefault(project.id(), 0),
                    project.createdAt(),
                    project.updatedAt()))
            .toList(),
        found.size() > limit ? page.getLast().id() : null);
  }

  /**
   * @throws ProblemException where the owner has no such project
   */
  public View find(String owner, UUID id) {
    Project project = project(owner, id);
    return new View(
        id,
        project.name(),
        project.audioModel(),
        project.imageModel(),
        project.videoModel(),
        project.resolution(),
        project.durationSec(),
        project.createdAt(),
        project.updatedAt(),
        rows.latestGeneration(id).map(ProjectViews::view).orElse(null),
        sentences(project));
  }

  /**
   * @throws ProblemException where the project has no such sentence
   */
  public SentenceView sentence(String owner, UUID projectId, UUID sentenceId) {
    return sentences(project(owner, projectId)).stream()
        .filter(sentence -> sentence.id().equals(sentenceId))
        .findFirst()
        .orElseThrow(() -> ProjectService.missing(sentenceId));
  }

  /** The latest generation of a project. */
  public Watched watched(String owner, UUID id) {
    project(owner, id);
    return rows.latestGeneration(id)
        .map(latest -> new Watched(id, latest.batchId(), latest.isRunning(), latest.sentences()))
        .orElseGet(() -> new Watched(id, null, false, List.of()));
  }

  private Project project(String owner, UUID id) {
    return rows.find(owner, id).orElseThrow(() -> StoryboardService.missing(id));
  }

  private List<SentenceView> sentences(Project project) {
    SentenceCalls calls = StoryboardChecks.calls(project, catalog);
    List<SentenceView> views = new ArrayList<>();
    assets
        .of(project, rows.sentences(project.id()), calls)
        .forEach((sentence, made) -> views.add(view(sentence, made)));
    return views;
  }

  private static GenerationView view(GenerationRow latest) {
    return new GenerationView(latest.batchId(), latest.status(), latest.isRunning(), latest.jobs());
  }

  private static SentenceView view(Sentence sentence, SentenceAssets made) {
    return new SentenceView(
        sentence.id(),
        sentence.place() + 1,
        sentence.text(),
        sentence.imagePrompt(),
        sentence.cameraMovement(),
        sentence.motionStrength(),
        sentence.voice(),
        new Dirty(!made.audio().isClean(), !made.image().isClean(), !made.video().isClean()),
        new Assets(view(made.audio()), view(made.image()), view(made.video())));
  }

  private static AssetView view(Asset asset) {
    String status = asset.status().name().toLowerCase(Locale.ROOT);
    MadeAsset made = asset.made();
    if (made == null) {
      return new AssetView(status, null, null, null, null, null, null, null, null);
    }
    ArtifactRef artifact = made.artifact();
    String url = OwnedArtifact.path(made.artifactId());
    return new AssetView(
        status,
        url,
        artifact.thumbnailSha256() == null ? null : url + "?thumbnail=128",
        artifact.mediaType(),
        artifact.bytes(),
        artifact.widthPx(),
        artifact.heightPx(),
        artifact.seconds(),
        artifact.sha256());
  }
}
