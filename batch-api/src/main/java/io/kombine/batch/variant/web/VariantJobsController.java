package io.kombine.batch.variant.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.model.Accepted;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.variant.VariantJobs;
import io.kombine.batch.variant.VariantJobs.VariantJob;
import io.kombine.batch.variant.VariantRequest;
import io.kombine.batch.variant.VariantService;
import io.kombine.batch.web.IdempotencyKey;
import java.io.IOException;
import java.net.URI;
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

/** Jobs of design §5.2 over HTTP: translates and delegates. */
@RestController
class VariantJobsController {

  private final VariantService variants;
  private final VariantJobs jobs;

  VariantJobsController(VariantService variants, VariantJobs jobs) {
    this.variants = variants;
    this.jobs = jobs;
  }

  record Prompt(UUID productId, String prompt) {}

  record Prompts(List<Prompt> prompts) {}

  @PostMapping("/api/images/bulk-generate-by-variant")
  ResponseEntity<VariantJob> generate(
      Owner owner,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody VariantRequest request)
      throws IOException {
    Accepted accepted = variants.submit(owner.name(), request, IdempotencyKey.checked(key));
    UUID id = accepted.batchId();
    return ResponseEntity.accepted()
        .location(URI.create("/api/jobs/" + id))
        .body(jobs.find(owner.name(), id).orElseThrow(() -> missing(id)));
  }

  /** The same body answered with the prompts it would run; makes nothing. */
  @PostMapping("/api/images/bulk-generate-by-variant:preview")
  Prompts preview(Owner owner, @RequestBody VariantRequest request) {
    return new Prompts(
        variants.prompts(owner.name(), request).entrySet().stream()
            .map(each -> new Prompt(each.getKey(), each.getValue()))
            .toList());
  }

  @GetMapping("/api/jobs/{id}")
  VariantJob job(Owner owner, @PathVariable UUID id) {
    return jobs.find(owner.name(), id).orElseThrow(() -> missing(id));
  }

  private static ProblemException missing(UUID id) {
    return new ProblemException(
        ProblemType.BATCH_NOT_FOUND, "There is no job " + id + " of yours with products.");
  }
}
