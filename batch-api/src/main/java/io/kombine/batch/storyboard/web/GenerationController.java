package io.kombine.batch.storyboard.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.batch.access.Owner;
import io.kombine.batch.control.CancelConfirmation;
import io.kombine.batch.control.CancelResult;
import io.kombine.batch.storyboard.Generation;
import io.kombine.batch.storyboard.JobCounts;
import io.kombine.batch.storyboard.ProjectViews;
import io.kombine.batch.storyboard.StoryboardRequest;
import io.kombine.batch.storyboard.StoryboardService;
import io.kombine.batch.storyboard.StoryboardStage;
import io.kombine.batch.web.IdempotencyKey;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Generating a project's assets (design §5.4): translates and delegates. */
@RestController
class GenerationController {

  /** How long a cancel waits for the stages before it answers 202. */
  private static final Duration CANCEL_WAIT = Duration.ofSeconds(10);

  private final StoryboardService storyboards;
  private final ProjectViews views;
  private final CancelConfirmation confirmation;

  GenerationController(
      StoryboardService storyboards, ProjectViews views, CancelConfirmation confirmation) {
    this.storyboards = storyboards;
    this.views = views;
    this.confirmation = confirmation;
  }

  /** What is to be made; all of it may be absent. */
  record Body(@Nullable List<@Nullable String> stages, @Nullable Boolean skipClean) {}

  /** What of one stage is to be made. */
  record StageBody(@Nullable Boolean skipClean) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Begun(JobCounts jobCounts, int totalJobs, String message, @Nullable UUID batchId) {}

  /** Whether no new call can begin, and the steps whose call was under way. */
  record Cancelled(UUID projectId, UUID batchId, boolean confirmed, List<UUID> begunSteps) {}

  @PostMapping("/api/v1/projects/{id}/generate-all")
  ResponseEntity<Begun> all(
      Owner owner,
      @PathVariable UUID id,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody(required = false) @Nullable Body body) {
    return generate(
        owner,
        new StoryboardRequest(
            id, body == null ? null : body.stages(), body == null ? null : body.skipClean()),
        key);
  }

  @PostMapping("/api/v1/projects/{id}/generate-images")
  ResponseEntity<Begun> images(
      Owner owner,
      @PathVariable UUID id,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody(required = false) @Nullable StageBody body) {
    return stage(owner, id, StoryboardStage.IMAGES, key, body);
  }

  @PostMapping("/api/v1/projects/{id}/generate-videos")
  ResponseEntity<Begun> videos(
      Owner owner,
      @PathVariable UUID id,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody(required = false) @Nullable StageBody body) {
    return stage(owner, id, StoryboardStage.VIDEOS, key, body);
  }

  /** 200 once no new paid call can begin, 202 while stages have yet to confirm that. */
  @PostMapping("/api/v1/projects/{id}/cancel-generation")
  ResponseEntity<Cancelled> cancel(Owner owner, @PathVariable UUID id) throws InterruptedException {
    StoryboardService.Cancelled asked = storyboards.cancel(owner.name(), id);
    CancelResult result = asked.result();
    if (result.outcome() == CancelResult.Outcome.PENDING) {
      result = confirmation.awaitConfirmed(asked.batchId(), CANCEL_WAIT);
    }
    boolean confirmed = result.outcome() != CancelResult.Outcome.PENDING;
    return ResponseEntity.status(confirmed ? 200 : 202)
        .body(new Cancelled(id, asked.batchId(), confirmed, result.begun()));
  }

  /** For gateways; not routed to clients. */
  @GetMapping("/internal/projects/{id}/generation")
  ProjectViews.Watched watched(Owner owner, @PathVariable UUID id) {
    return views.watched(owner.name(), id);
  }

  private ResponseEntity<Begun> stage(
      Owner owner, UUID id, StoryboardStage stage, @Nullable String key, @Nullable StageBody body) {
    return generate(
        owner,
        new StoryboardRequest(
            id, List.of(stage.wireName()), body == null ? null : body.skipClean()),
        key);
  }

  private ResponseEntity<Begun> generate(
      Owner owner, StoryboardRequest request, @Nullable String key) {
    Generation begun = storyboards.generate(owner.name(), request, IdempotencyKey.checked(key));
    JobCounts jobs = begun.jobCounts();
    UUID batchId = begun.batchId();
    ResponseEntity.BodyBuilder answer = ResponseEntity.accepted();
    if (batchId == null) {
      return answer.body(
          new Begun(jobs, 0, "There is nothing to generate: all is there and up to date.", null));
    }
    return answer
        .location(URI.create("/api/batches/" + batchId))
        .body(
            new Begun(
                jobs,
                jobs.total(),
                "Generating %d audio files, %d images and %d videos."
                    .formatted(jobs.audio(), jobs.image(), jobs.video()),
                batchId));
  }
}
