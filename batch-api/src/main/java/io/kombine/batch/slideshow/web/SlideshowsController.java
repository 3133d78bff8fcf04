package io.kombine.batch.slideshow.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.control.BatchControlService;
import io.kombine.batch.control.CancelConfirmation;
import io.kombine.batch.control.CancelResult;
import io.kombine.batch.control.RetryResult;
import io.kombine.batch.model.Accepted;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.slideshow.LinkList;
import io.kombine.batch.slideshow.SlideshowEstimate;
import io.kombine.batch.slideshow.SlideshowRequest;
import io.kombine.batch.slideshow.SlideshowService;
import io.kombine.batch.slideshow.SlideshowView;
import io.kombine.batch.slideshow.SlideshowViews;
import io.kombine.batch.web.IdempotencyKey;
import io.kombine.contracts.BatchStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

/** Design §5.5 over HTTP: translates and delegates. */
@RestController
@RequestMapping("/api/batch")
class SlideshowsController {

  /** How long a cancel waits for the stages before it answers 202. */
  private static final Duration CANCEL_WAIT = Duration.ofSeconds(10);

  private final SlideshowService slideshows;
  private final SlideshowViews views;
  private final BatchControlService control;
  private final CancelConfirmation confirmation;

  SlideshowsController(
      SlideshowService slideshows,
      SlideshowViews views,
      BatchControlService control,
      CancelConfirmation confirmation) {
    this.slideshows = slideshows;
    this.views = views;
    this.control = control;
    this.confirmation = confirmation;
  }

  record Pasted(@Nullable String text) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Submitted(
      UUID batchId,
      BatchStatus status,
      int links,
      String statusUrl,
      String batchUrl,
      String stepsUrl,
      String eventsUrl) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Cancelled(UUID batchId, BatchStatus status, boolean confirmed, List<UUID> begunSteps) {}

  /** Numbers of links, from 1; absent for all. */
  record Retry(@Nullable List<@Nullable Integer> links) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Retried(UUID batchId, BatchStatus status, int steps, int files) {}

  @PostMapping("/links:parse")
  LinkList parse(@RequestBody Pasted pasted) {
    return LinkList.of(pasted.text());
  }

  @PostMapping
  ResponseEntity<Submitted> submit(
      Owner owner,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody SlideshowRequest request)
      throws IOException {
    Accepted accepted = slideshows.submit(owner.name(), request, IdempotencyKey.checked(key));
    UUID id = accepted.batchId();
    SlideshowView view = view(owner, id);
    String status = "/api/batch/" + id + "/status";
    String batch = "/api/batches/" + id;
    return ResponseEntity.accepted()
        .location(URI.create(status))
        .body(
            new Submitted(
                id,
                view.status(),
                view.links().size(),
                status,
                batch,
                batch + "/steps",
                batch + "/events"));
  }

  @PostMapping("/estimate")
  SlideshowEstimate estimate(Owner owner, @RequestBody SlideshowRequest request) {
    return slideshows.estimate(owner.name(), request);
  }

  @GetMapping("/{id}/status")
  SlideshowView status(Owner owner, @PathVariable UUID id) {
    return view(owner, id);
  }

  /** 200 once no new paid call can begin, 202 while stages have yet to confirm that. */
  @PostMapping("/{id}/cancel")
  ResponseEntity<Cancelled> cancel(Owner owner, @PathVariable UUID id) throws InterruptedException {
    view(owner, id);
    CancelResult result = control.cancel(id);
    if (result.outcome() == CancelResult.Outcome.PENDING) {
      result = confirmation.awaitConfirmed(id, CANCEL_WAIT);
    }
    BatchStatus status = view(owner, id).status();
    return switch (result.outcome()) {
      case CONFIRMED -> ResponseEntity.ok(new Cancelled(id, status, true, result.begun()));
      case PENDING ->
          ResponseEntity.accepted().body(new Cancelled(id, status, false, result.begun()));
      case ALREADY_ENDED -> throw tooLate();
      case NOT_FOUND -> throw missing(id);
    };
  }

  /** Brings back what failed, of all links or of some. */
  @PostMapping("/{id}/retry-failed")
  Retried retryFailed(
      Owner owner, @PathVariable UUID id, @RequestBody(required = false) @Nullable Retry body) {
    SlideshowView view = view(owner, id);
    List<@Nullable Integer> links = body == null ? null : body.links();
    RetryResult result =
        links == null
            ? control.retryFailed(id)
            : control.retryFailed(id, groups(links, view.links().size()));
    return switch (result.outcome()) {
      case DONE, NOTHING_FAILED ->
          new Retried(id, view(owner, id).status(), result.steps(), result.files());
      case CANCELLED -> throw tooLate();
      case NOT_FOUND -> throw missing(id);
    };
  }

  private static Set<Integer> groups(List<@Nullable Integer> links, int count) {
    Set<Integer> groups = new HashSet<>();
    for (int i = 0; i < links.size(); i++) {
      Integer link = links.get(i);
      if (link == null || link < 1 || link > count) {
        throw wrong("links[" + i + "]", "must be the number of a link, from 1 to " + count);
      }
      groups.add(link - 1);
    }
    if (groups.isEmpty()) {
      throw wrong("links", "must hold at least one link, or be absent for all");
    }
    return groups;
  }

  private SlideshowView view(Owner owner, UUID id) {
    return views.find(owner.name(), id).orElseThrow(() -> missing(id));
  }

  private static ProblemException wrong(String field, String message) {
    return ProblemException.of(ProblemType.INVALID_REQUEST, FieldProblem.of(field, message));
  }

  private static ProblemException tooLate() {
    return new ProblemException(
        ProblemType.STATE_CONFLICT, "The batch has ended or is cancelled; nothing was changed.");
  }

  private static ProblemException missing(UUID id) {
    return new ProblemException(
        ProblemType.BATCH_NOT_FOUND, "There is no slideshow batch " + id + " of yours.");
  }
}
