package io.kombine.batch.scenes;

import io.kombine.batch.door.FrontDoor;
import io.kombine.batch.model.Accepted;
import io.kombine.batch.model.BatchService;
import io.kombine.batch.model.NewBatch;
import io.kombine.batch.model.NewBatch.Idempotency;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.scenes.DryRuns.DryRun;
import io.kombine.batch.scenes.ScenesRequest.Item;
import io.kombine.batch.scenes.ScenesRequest.RunMode;
import io.kombine.batch.source.SourceField;
import io.kombine.batch.source.SourceImage;
import io.kombine.batch.source.SourceImages;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Money;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Prices scenes and accepts them. No transaction is open while reference images are fetched. */
@Service
public class SceneService implements FrontDoor<ScenesRequest> {

  private final SceneModels models;
  private final ModelCatalog catalog;
  private final SourceImages sources;
  private final DryRuns dryRuns;
  private final SceneRows rows;
  private final BatchService batches;
  private final TransactionTemplate transaction;

  SceneService(
      SceneModels models,
      ModelCatalog catalog,
      SourceImages sources,
      DryRuns dryRuns,
      SceneRows rows,
      BatchService batches,
      TransactionTemplate transaction) {
    this.models = models;
    this.catalog = catalog;
    this.sources = sources;
    this.dryRuns = dryRuns;
    this.rows = rows;
    this.batches = batches;
    this.transaction = transaction;
  }

  @Override
  public BatchKind kind() {
    return BatchKind.SCENES;
  }

  @Override
  public Class<ScenesRequest> requestType() {
    return ScenesRequest.class;
  }

  /**
   * Prices images and keeps the dry run for a day. Fetches nothing and reaches no provider.
   *
   * @throws ProblemException when anything is wrong with the rows
   */
  public BatchJob dryRun(String owner, ScenesRequest request) {
    List<Scene> scenes = SceneChecks.images(request, models.images());
    Plan plan = ScenePlanner.images(scenes, described(owner, scenes), models, catalog);
    Money total = plan.cost(catalog.currency());
    DryRun run = dryRuns.keep(owner, BatchHash.of(scenes), catalog.priceVersion(), total);
    return BatchJob.ofDryRun(run, scenes, plan);
  }

  /**
   * Accepts a live request: images after a dry run of the same rows, or videos of approved images.
   *
   * @param idempotencyKey a later request with this key and the same body is this one
   * @throws ProblemException when anything is wrong; there is no batch then
   */
  @Override
  public Accepted submit(String owner, ScenesRequest request, @Nullable String idempotencyKey)
      throws IOException {
    Idempotency idempotency = Idempotency.of(idempotencyKey, "batch/scenes", request);
    Optional<UUID> earlier = batches.find(owner, idempotency);
    if (earlier.isPresent()) {
      return new Accepted(earlier.get(), true);
    }
    if (request.type() == null) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST,
          FieldProblem.of("type", "is required", List.of("images", "videos")));
    }
    return request.type() == ScenesRequest.Type.IMAGES
        ? images(owner, request, idempotency)
        : videos(owner, request, idempotency);
  }

  private Accepted images(String owner, ScenesRequest request, @Nullable Idempotency idempotency)
      throws IOException {
    List<Scene> scenes = SceneChecks.images(request, models.images());
    if (request.runMode() != RunMode.LIVE) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST,
          FieldProblem.of(
              "runMode", "must be live here; a dry run is POST /batch/images", List.of("live")));
    }
    // why before fetching: what no dry run allows should cost nobody a download
    Plan priced = ScenePlanner.images(scenes, described(owner, scenes), models, catalog);
    holdTo(owner, request.batchHash(), scenes, priced);
    List<List<SourceImage>> resolved = byScene(scenes, sources.resolve(owner, references(scenes)));
    Plan plan = ScenePlanner.images(scenes, resolved, models, catalog);
    List<Item> shown = new ArrayList<>();
    for (int i = 0; i < scenes.size(); i++) {
      Scene scene = scenes.get(i);
      List<@Nullable String> urls =
          new ArrayList<>(resolved.get(i).stream().map(SourceImage::url).toList());
      shown.add(new Item(scene.sceneId(), scene.prompt(), scene.variants(), urls, null));
    }
    List<String> ids = scenes.stream().map(Scene::sceneId).toList();
    return accept(owner, "Scene images", request, shown, plan, ids, idempotency);
  }

  private Accepted videos(String owner, ScenesRequest request, @Nullable Idempotency idempotency) {
    List<Clip> clips = SceneChecks.videos(request, models.videos());
    List<ApprovedImage> images = rows.approved(owner, clips);
    Plan plan = ScenePlanner.videos(images, models, catalog);
    List<String> ids = clips.stream().map(Clip::sceneId).toList();
    List<Item> shown =
        request.items() == null
            ? List.of()
            : request.items().stream().filter(Objects::nonNull).map(Item.class::cast).toList();
    return accept(owner, "Scene videos", request, shown, plan, ids, idempotency);
  }

  /** Writes batch and rows together, or neither. */
  private Accepted accept(
      String owner,
      String name,
      ScenesRequest request,
      List<Item> shown,
      Plan plan,
      List<String> sceneIds,
      @Nullable Idempotency idempotency) {
    ScenesRequest kept =
        new ScenesRequest(
            request.type(),
            new ArrayList<>(shown),
            request.runMode(),
            request.batchHash(),
            request.confirmCount());
    NewBatch batch =
        new NewBatch(
            owner,
            name,
            name,
            plan,
            ContractJson.mapper().writeValueAsString(kept),
            plan.cost(catalog.currency()),
            null,
            null,
            idempotency);
    return transaction.execute(_ -> {
      Accepted accepted = batches.accept(batch);
      if (!accepted.replayed()) {
        rows.write(
            accepted.batchId(), owner, sceneIds, request.type() == ScenesRequest.Type.VIDEOS);
      }
      return accepted;
    });
  }

  private List<List<SourceImage>> described(String owner, List<Scene> scenes) {
    return byScene(scenes, sources.describe(owner, references(scenes)));
  }

  /** Of all scenes together, so that all are fetched at once and all problems told at once. */
  private static List<SourceField> references(List<Scene> scenes) {
    List<SourceField> references = new ArrayList<>();
    for (int i = 0; i < scenes.size(); i++) {
      references.addAll(
          SourceField.of("items[" + i + "].reference_images", scenes.get(i).referenceImages()));
    }
    return references;
  }

  private static List<List<SourceImage>> byScene(List<Scene> scenes, List<SourceImage> images) {
    List<List<SourceImage>> byScene = new ArrayList<>();
    int from = 0;
    for (Scene scene : scenes) {
      int to = from + scene.referenceImages().size();
      byScene.add(images.subList(from, to));
      from = to;
    }
    return byScene;
  }

  private void holdTo(String owner, @Nullable String named, List<Scene> scenes, Plan plan) {
    String hash = BatchHash.of(scenes);
    if (named == null || !named.strip().equalsIgnoreCase(hash)) {
      throw refused(
          hash, named == null ? "is required on a live call" : "is not the hash of these rows");
    }
    DryRun run =
        dryRuns
            .find(owner, hash)
            .orElseThrow(() -> refused(hash, "names no dry run of yours of the last 24 hours"));
    Money now = plan.cost(catalog.currency());
    if (!run.total().equals(now)) {
      throw new ProblemException(
          ProblemType.QUOTE_DIFFERS,
          "X-Batch-Hash: prices have changed since the dry run, from %s to %s."
              .formatted(run.total(), now),
          List.of(FieldProblem.of("X-Batch-Hash", "names a dry run at other prices")));
    }
  }

  private static ProblemException refused(String hash, String message) {
    return new ProblemException(
        ProblemType.DRY_RUN_REQUIRED,
        "X-Batch-Hash: " + message + ".",
        List.of(FieldProblem.of("X-Batch-Hash", message)),
        Map.of("batch_hash", hash));
  }
}
