package io.kombine.batch.pipeline.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.model.Accepted;
import io.kombine.batch.pipeline.Estimate;
import io.kombine.batch.pipeline.PipelineRequest;
import io.kombine.batch.pipeline.PipelineService;
import io.kombine.batch.pipeline.PipelineStatus;
import io.kombine.batch.pipeline.PipelineView;
import io.kombine.batch.pipeline.PipelineViews;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.web.IdempotencyKey;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Design §5.1 over HTTP: translates and delegates. */
@RestController
@RequestMapping("/api/pipelines")
class PipelinesController {

  private final PipelineService pipelines;
  private final PipelineViews views;

  PipelinesController(PipelineService pipelines, PipelineViews views) {
    this.pipelines = pipelines;
    this.views = views;
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Submitted(
      UUID batchId,
      UUID pipelineId,
      PipelineStatus status,
      String statusUrl,
      String pipelineUrl,
      String stepsUrl,
      String eventsUrl) {}

  @PostMapping("/bulk")
  ResponseEntity<Submitted> submit(
      Owner owner,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody PipelineRequest request)
      throws IOException {
    Accepted accepted = pipelines.submit(owner.name(), request, IdempotencyKey.checked(key));
    UUID id = accepted.batchId();
    PipelineStatus status = views.status(owner.name(), id).orElseThrow(() -> missing(id));
    String batch = "/api/batches/" + id;
    String pipeline = "/api/pipelines/" + id;
    return ResponseEntity.accepted()
        .location(URI.create(pipeline))
        .body(new Submitted(id, id, status, batch, pipeline, batch + "/steps", batch + "/events"));
  }

  @PostMapping("/bulk/estimate")
  Estimate estimate(Owner owner, @RequestBody PipelineRequest request) {
    return pipelines.estimate(owner.name(), request);
  }

  @GetMapping("/{id}")
  PipelineView pipeline(Owner owner, @PathVariable UUID id) {
    return views.find(owner.name(), id).orElseThrow(() -> missing(id));
  }

  private static ProblemException missing(UUID id) {
    return new ProblemException(
        ProblemType.BATCH_NOT_FOUND, "There is no pipeline " + id + " of yours.");
  }
}
