package io.kombine.batch.rebuild.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.read.BatchReads;
import io.kombine.batch.rebuild.RebuildService;
import io.kombine.batch.rebuild.Rebuilt;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For operators; the gateway serves no path below {@code /internal}. */
@RestController
class RebuildController {

  private final BatchReads batches;
  private final RebuildService rebuild;

  RebuildController(BatchReads batches, RebuildService rebuild) {
    this.batches = batches;
    this.rebuild = rebuild;
  }

  /**
   * Compares a batch's steps with its plan and events.
   *
   * @param write true to make them what those say
   */
  @PostMapping("/internal/batches/{id}/rebuild")
  Rebuilt rebuild(
      Owner owner, @PathVariable UUID id, @RequestParam(defaultValue = "false") boolean write) {
    if (!batches.exists(owner.name(), id)) {
      throw new ProblemException(
          ProblemType.BATCH_NOT_FOUND, "There is no batch " + id + " of yours.");
    }
    return rebuild.rebuild(id, write);
  }
}
