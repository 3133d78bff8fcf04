package io.kombine.batch.status;

import io.kombine.batch.access.Owner;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.contracts.ContractJson;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Snapshots for gateway replicas; not routed to clients. */
@RestController
class SnapshotController {

  /** How long a snapshot may be behind what is asked for before the answer is 503. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final long LOOK_MILLIS = 20;

  private final BatchSnapshots snapshots;

  SnapshotController(BatchSnapshots snapshots) {
    this.snapshots = snapshots;
  }

  /**
   * The batch, at least as new as every event of its partition below an offset.
   *
   * @param minOffset 0 for as new as it is
   */
  @GetMapping("/internal/batches/{id}/snapshot")
  ResponseEntity<byte[]> snapshot(
      Owner owner,
      @PathVariable UUID id,
      @RequestParam(name = "min_offset", defaultValue = "0") long minOffset)
      throws InterruptedException {
    if (!snapshots.exists(id, owner.name())) {
      throw missing(id);
    }
    await(id, minOffset);
    return snapshots
        .find(id, owner.name())
        .map(snapshot ->
            ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(ContractJson.mapper().writeValueAsBytes(snapshot)))
        .orElseThrow(() -> missing(id));
  }

  private void await(UUID id, long minOffset) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (snapshots.nextOffset(id) < minOffset) {
      if (System.nanoTime() >= deadline) {
        throw new ProblemException(
            ProblemType.BUSY, "The events before offset " + minOffset + " are not applied yet.");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static ProblemException missing(UUID id) {
    return new ProblemException(
        ProblemType.BATCH_NOT_FOUND, "There is no batch " + id + " of yours.");
  }
}
