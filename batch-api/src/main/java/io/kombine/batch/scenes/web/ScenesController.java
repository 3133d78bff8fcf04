package io.kombine.batch.scenes.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kombine.batch.access.Owner;
import io.kombine.batch.model.Accepted;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.scenes.BatchJob;
import io.kombine.batch.scenes.SceneApprovals;
import io.kombine.batch.scenes.SceneApprovals.Approval;
import io.kombine.batch.scenes.SceneApprovals.Choice;
import io.kombine.batch.scenes.SceneJobs;
import io.kombine.batch.scenes.SceneJobs.JobStatus;
import io.kombine.batch.scenes.SceneService;
import io.kombine.batch.scenes.SceneText;
import io.kombine.batch.scenes.ScenesRequest;
import io.kombine.batch.scenes.ScenesRequest.RunMode;
import io.kombine.batch.web.IdempotencyKey;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Design §5.3 over HTTP: translates and delegates. */
@RestController
class ScenesController {

  static final String BATCH_HASH = "X-Batch-Hash";

  private final SceneService scenes;
  private final SceneJobs jobs;
  private final SceneApprovals approvals;

  ScenesController(SceneService scenes, SceneJobs jobs, SceneApprovals approvals) {
    this.scenes = scenes;
    this.jobs = jobs;
    this.approvals = approvals;
  }

  record Text(@Nullable String text) {}

  record Answer(@JsonProperty("batch_job") BatchJob batchJob) {}

  record Choices(@Nullable List<@Nullable Choice> approvals) {}

  record Approvals(UUID jobId, List<Approval> approvals) {}

  @PostMapping(path = "/batch/images:parse", consumes = MediaType.APPLICATION_JSON_VALUE)
  SceneText parse(Owner owner, @RequestBody Text body) {
    return SceneText.parse(body.text());
  }

  @PostMapping(path = "/batch/images:parse", consumes = MediaType.TEXT_PLAIN_VALUE)
  SceneText parse(Owner owner, @RequestBody(required = false) @Nullable String body) {
    return SceneText.parse(body);
  }

  @PostMapping("/batch/images")
  ResponseEntity<Answer> images(
      Owner owner,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestHeader(name = BATCH_HASH, required = false) @Nullable String batchHash,
      @RequestBody ScenesRequest body)
      throws IOException {
    String checked = IdempotencyKey.checked(key);
    ScenesRequest request = body.at(ScenesRequest.Type.IMAGES, batchHash);
    if (request.runMode() == RunMode.LIVE) {
      return accepted(owner, scenes.submit(owner.name(), request, checked));
    }
    BatchJob dryRun = scenes.dryRun(owner.name(), request);
    return answer(ResponseEntity.ok(), dryRun);
  }

  @PostMapping("/batch/videos")
  ResponseEntity<Answer> videos(
      Owner owner,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody ScenesRequest body)
      throws IOException {
    String checked = IdempotencyKey.checked(key);
    return accepted(
        owner, scenes.submit(owner.name(), body.at(ScenesRequest.Type.VIDEOS, null), checked));
  }

  @GetMapping("/status/{jobId}")
  JobStatus status(Owner owner, @PathVariable UUID jobId) {
    return jobs.status(owner.name(), jobId).orElseThrow(() -> missing(jobId));
  }

  @GetMapping("/batch/jobs/{jobId}/approvals")
  Approvals approvals(Owner owner, @PathVariable UUID jobId) {
    return new Approvals(
        jobId, approvals.find(owner.name(), jobId).orElseThrow(() -> missing(jobId)));
  }

  @PostMapping("/batch/jobs/{jobId}/approvals")
  Approvals approve(Owner owner, @PathVariable UUID jobId, @RequestBody Choices body) {
    return new Approvals(
        jobId,
        approvals.approve(owner.name(), jobId, body.approvals()).orElseThrow(() -> missing(jobId)));
  }

  @DeleteMapping("/batch/jobs/{jobId}/approvals/{sceneId}")
  Approvals withdraw(Owner owner, @PathVariable UUID jobId, @PathVariable String sceneId) {
    return new Approvals(
        jobId, approvals.withdraw(owner.name(), jobId, sceneId).orElseThrow(() -> missing(jobId)));
  }

  private ResponseEntity<Answer> accepted(Owner owner, Accepted accepted) {
    UUID id = accepted.batchId();
    BatchJob job = jobs.job(owner.name(), id).orElseThrow(() -> missing(id));
    return answer(ResponseEntity.accepted().location(URI.create("/status/" + id)), job);
  }

  private static ResponseEntity<Answer> answer(ResponseEntity.BodyBuilder answer, BatchJob job) {
    String hash = job.batchHash();
    if (hash != null) {
      answer.header(BATCH_HASH, hash);
    }
    return answer.body(new Answer(job));
  }

  private static ProblemException missing(UUID id) {
    return new ProblemException(
        ProblemType.BATCH_NOT_FOUND, "There is no job " + id + " of yours with scenes.");
  }
}
