package io.kombine.batch.storyboard;

import io.kombine.batch.model.BatchService;
import io.kombine.batch.model.NewBatch.Idempotency;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.storyboard.StoryboardChecks.Settings;
import io.kombine.contracts.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes projects and their sentences. Each method is one transaction that holds the project, so
 * that its changes and its generations follow one another; what is refused changes nothing.
 */
@Service
@Transactional
public class ProjectService {

  private final ProjectRows rows;
  private final ModelCatalog catalog;
  private final BatchService batches;
  private final Clock clock;

  ProjectService(ProjectRows rows, ModelCatalog catalog, BatchService batches, Clock clock) {
    this.rows = rows;
    this.catalog = catalog;
    this.batches = batches;
    this.clock = clock;
  }

  /** What was written, and whether an earlier request with the same key had done so. */
  public record Created(UUID id, boolean replayed) {}

  /**
   * Creates a project, with sentences where the draft has some.
   *
   * @param idempotencyKey a later request with this key and the same body is this one
   */
  public Created create(String owner, ProjectDraft draft, @Nullable String idempotencyKey) {
    Settings settings = StoryboardChecks.settings(draft, null, catalog);
    List<SentenceDraft> sentences = StoryboardChecks.sentences(draft.sentences(), catalog);
    UUID id = Ids.next();
    Optional<UUID> earlier = earlier(owner, "projects", draft, idempotencyKey, id);
    if (earlier.isPresent()) {
      return new Created(earlier.get(), true);
    }
    if (rows.count(owner) >= Project.MAX_PROJECTS) {
      throw new ProblemException(
          ProblemType.LIMIT_REACHED,
          "You have %d projects, which is the most there may be.".formatted(Project.MAX_PROJECTS));
    }
    rows.insert(id, owner, settings, now());
    for (int place = 0; place < sentences.size(); place++) {
      rows.insert(id, Ids.next(), place, sentences.get(place));
    }
    return new Created(id, false);
  }

  /** Changes what the draft names: the name, models, resolution, length of videos. */
  public void change(String owner, UUID projectId, ProjectDraft draft) {
    Project project = lock(owner, projectId);
    if (draft.sentences() != null) {
      throw wrong("sentences", "are changed one by one");
    }
    rows.update(projectId, StoryboardChecks.settings(draft, project, catalog), now());
  }

  /** Deletes a project with its sentences; batches and files that were made of it stay. */
  public void delete(String owner, UUID projectId) {
    Project project = lock(owner, projectId);
    rows.latestGeneration(project.id())
        .filter(ProjectRows.GenerationRow::isRunning)
        .ifPresent(running -> {
          throw StoryboardService.running(running.batchId());
        });
    rows.delete(projectId);
  }

  /** Adds a sentence at its position, or at the end. */
  public Created add(
      String owner, UUID projectId, SentenceDraft draft, @Nullable String idempotencyKey) {
    Project project = lock(owner, projectId);
    SentenceDraft checked = StoryboardChecks.sentence(draft, catalog);
    UUID id = Ids.next();
    Optional<UUID> earlier =
        earlier(owner, "projects/" + projectId + "/sentences", draft, idempotencyKey, id);
    if (earlier.isPresent()) {
      return new Created(earlier.get(), true);
    }
    int size = rows.sentences(projectId).size();
    if (size >= Project.MAX_SENTENCES) {
      throw new ProblemException(
          ProblemType.LIMIT_REACHED,
          "The project has %d sentences, which is the most there may be."
              .formatted(Project.MAX_SENTENCES));
    }
    Integer position = checked.position();
    int place = position == null ? size : Math.min(position - 1, size);
    rows.insert(projectId, id, place, checked);
    rows.touch(project.id(), now());
    return new Created(id, false);
  }

  /** Puts a sentence in place of one that is there; it keeps its id and place. */
  public void replace(String owner, UUID projectId, UUID sentenceId, SentenceDraft draft) {
    Project project = lock(owner, projectId);
    SentenceDraft checked = StoryboardChecks.sentence(draft, catalog);
    if (checked.position() != null) {
      throw wrong("position", "is changed by the order of all sentences");
    }
    if (!rows.replace(projectId, sentenceId, checked)) {
      throw missing(sentenceId);
    }
    rows.touch(project.id(), now());
  }

  public void remove(String owner, UUID projectId, UUID sentenceId) {
    Project project = lock(owner, projectId);
    if (!rows.remove(projectId, sentenceId)) {
      throw missing(sentenceId);
    }
    rows.touch(project.id(), now());
  }

  /** Brings the sentences into another order, which has to name each of them once. */
  public void order(String owner, UUID projectId, @Nullable List<@Nullable UUID> sentenceIds) {
    Project project = lock(owner, projectId);
    List<UUID> known = rows.sentences(projectId).stream().map(Sentence::id).toList();
    if (sentenceIds == null
        || sentenceIds.size() != known.size()
        || !new HashSet<@Nullable UUID>(sentenceIds).equals(new HashSet<@Nullable UUID>(known))) {
      throw wrong(
          "sentenceIds",
          "must hold the ids of all %d sentences, each once".formatted(known.size()));
    }
    rows.order(projectId, sentenceIds.stream().map(UUID.class::cast).toList());
    rows.touch(project.id(), now());
  }

  private Optional<UUID> earlier(
      String owner, String path, Object body, @Nullable String key, UUID id) {
    Idempotency idempotency = Idempotency.of(key, path, body);
    return idempotency == null ? Optional.empty() : batches.claim(owner, idempotency, id, now());
  }

  private Project lock(String owner, UUID projectId) {
    return rows.lock(owner, projectId).orElseThrow(() -> StoryboardService.missing(projectId));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  static ProblemException missing(UUID sentenceId) {
    return new ProblemException(
        ProblemType.SENTENCE_NOT_FOUND, "The project has no sentence " + sentenceId + ".");
  }

  private static ProblemException wrong(String field, String message) {
    return ProblemException.of(ProblemType.INVALID_REQUEST, FieldProblem.of(field, message));
  }
}
