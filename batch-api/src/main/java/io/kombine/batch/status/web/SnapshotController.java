package io.kombine.batch.status.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.status.BatchSnapshots;
import io.kombine.contracts.BatchSnapshot;
import io.kombine.contracts.ContractJson;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Snapshots for gateway replicas, in the contract's own JSON. One that would be older than the
 * asker's position is refused with 503, to be asked for again.
 */
@RestController
class SnapshotController {

  private final BatchSnapshots snapshots;

  SnapshotController(BatchSnapshots snapshots) {
    this.snapshots = snapshots;
  }

  @GetMapping("/internal/batches/{id}/snapshot")
  ResponseEntity<byte[]> snapshot(
      Owner owner,
      @PathVariable UUID id,
      @RequestParam(name = "min_offset", defaultValue = "0") long minOffset) {
    BatchSnapshot snapshot =
        snapshots
            .find(id, owner.name())
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.BATCH_NOT_FOUND, "There is no batch " + id + " of yours."));
    if (snapshot.nextOffset() < minOffset) {
      throw new ProblemException(
          ProblemType.BUSY,
          "Events are applied up to offset %d only.".formatted(snapshot.nextOffset()));
    }
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(ContractJson.mapper().writeValueAsBytes(snapshot));
  }
}
