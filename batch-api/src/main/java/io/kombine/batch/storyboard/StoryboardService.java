package io.kombine.batch.storyboard;

import io.kombine.batch.control.BatchControlService;
import io.kombine.batch.control.CancelResult;
import io.kombine.batch.door.FrontDoor;
import io.kombine.batch.model.Accepted;
import io.kombine.batch.model.BatchService;
import io.kombine.batch.model.NewBatch;
import io.kombine.batch.model.NewBatch.Idempotency;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.storyboard.ProjectRows.GenerationRow;
import io.kombine.batch.storyboard.StoryboardPlanner.Planned;
import io.kombine.batch.tree.SafeNames;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Money;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Generates what a project lacks, one generation at a time, and cancels it. */
@Service
public class StoryboardService implements FrontDoor<StoryboardRequest> {

  private final ProjectRows rows;
  private final AssetReads assets;
  private final ModelCatalog catalog;
  private final BatchService batches;
  private final BatchControlService control;

  StoryboardService(
      ProjectRows rows,
      AssetReads assets,
      ModelCatalog catalog,
      BatchService batches,
      BatchControlService control) {
    this.rows = rows;
    this.assets = assets;
    this.catalog = catalog;
    this.batches = batches;
    this.control = control;
  }

  @Override
  public BatchKind kind() {
    return BatchKind.STORYBOARD;
  }

  @Override
  public Class<StoryboardRequest> requestType() {
    return StoryboardRequest.class;
  }

  /**
   * The same as {@link #generate}, for those who need a batch to follow.
   *
   * @throws ProblemException also where everything is there already
   */
  @Override
  @Transactional
  public Accepted submit(String owner, StoryboardRequest request, @Nullable String idempotencyKey) {
    Generation generation = generate(owner, request, idempotencyKey);
    UUID batchId = generation.batchId();
    if (batchId == null) {
      throw new ProblemException(
          ProblemType.NOTHING_TO_GENERATE, "All that is asked for is there and up to date.");
    }
    return new Accepted(batchId, generation.replayed());
  }

  /**
   * Plans what is asked for by what the project says now, and writes it as a batch. Where nothing
   * is to be made there is no batch.
   *
   * @param idempotencyKey a later request with this key and the same body is this one
   * @throws ProblemException when anything is wrong; there is no batch then
   */
  @Transactional
  public Generation generate(
      String owner, StoryboardRequest request, @Nullable String idempotencyKey) {
    UUID projectId = request.projectId();
    if (projectId == null) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST, FieldProblem.of("projectId", "is required"));
    }
    Set<StoryboardStage> stages = StoryboardChecks.stages(request.stages());
    Project project = rows.lock(owner, projectId).orElseThrow(() -> missing(projectId));
    Idempotency idempotency = Idempotency.of(idempotencyKey, "storyboards", request);
    Optional<GenerationRow> earlier = batches.find(owner, idempotency).flatMap(rows::generationOf);
    if (earlier.isPresent()) {
      return new Generation(projectId, earlier.get().batchId(), earlier.get().jobs(), true);
    }
    rows.latestGeneration(projectId)
        .filter(GenerationRow::isRunning)
        .ifPresent(latest -> {
          throw running(latest.batchId());
        });
    boolean skipClean = !Boolean.FALSE.equals(request.skipClean());
    List<Sentence> sentences = rows.sentences(projectId);
    SentenceCalls calls = StoryboardChecks.calls(project, sentences, stages, catalog);
    Planned planned =
        StoryboardPlanner.plan(
            assets.of(project, sentences, calls), calls, stages, skipClean, catalog);
    if (planned.plan().steps().isEmpty()) {
      return new Generation(projectId, null, planned.jobs(), false);
    }
    UUID batchId =
        batches
            .accept(
                new NewBatch(
                    owner,
                    project.name(),
                    SafeNames.of(project.name(), "storyboard"),
                    planned.plan(),
                    ContractJson.mapper().writeValueAsString(request),
                    cost(planned),
                    null,
                    null,
                    idempotency,
                    skipClean))
            .batchId();
    rows.insertGeneration(
        projectId,
        batchId,
        planned.sentences().stream().map(Sentence::id).toList(),
        planned.jobs());
    return new Generation(projectId, batchId, planned.jobs(), false);
  }

  /**
   * Cancels the generation that is running: what has been made is kept.
   *
   * @return the batch, and how far its cancel is
   * @throws ProblemException where none is running
   */
  @Transactional
  public Cancelled cancel(String owner, UUID projectId) {
    Project project = rows.lock(owner, projectId).orElseThrow(() -> missing(projectId));
    UUID batchId =
        rows.latestGeneration(project.id())
            .filter(GenerationRow::isRunning)
            .map(GenerationRow::batchId)
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.STATE_CONFLICT, "No generation of the project is running."));
    return new Cancelled(batchId, control.cancel(batchId));
  }

  /** A cancel that was asked for. */
  public record Cancelled(UUID batchId, CancelResult result) {}

  /** What the equal steps of a generation with {@code skipClean} cost, which share one call. */
  private Money cost(Planned planned) {
    Money sum = Money.zero(catalog.currency());
    for (PlannedStep step : planned.paid()) {
      sum = sum.plus(step.price().amount());
    }
    return sum;
  }

  static ProblemException running(UUID batchId) {
    return new ProblemException(
        ProblemType.GENERATION_RUNNING,
        "Batch " + batchId + " of the project is running; cancel it or let it end.",
        List.of(),
        Map.of("batch_id", batchId));
  }

  static ProblemException missing(UUID projectId) {
    return new ProblemException(
        ProblemType.PROJECT_NOT_FOUND, "There is no project " + projectId + " of yours.");
  }
}
