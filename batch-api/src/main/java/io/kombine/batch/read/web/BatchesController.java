package io.kombine.batch.read.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.read.BatchFilter;
import io.kombine.batch.read.BatchPage;
import io.kombine.batch.read.BatchReads;
import io.kombine.batch.read.StepFilter;
import io.kombine.batch.read.StepPage;
import io.kombine.batch.read.StepReads;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.BatchView;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Batches of all kinds and their steps, read only (design §5.6). */
@RestController
@RequestMapping("/api/batches")
class BatchesController {

  private final BatchReads batches;
  private final StepReads steps;

  BatchesController(BatchReads batches, StepReads steps) {
    this.batches = batches;
    this.steps = steps;
  }

  @GetMapping
  BatchPage list(
      Owner owner,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable UUID cursor,
      @RequestParam(defaultValue = "50") int limit) {
    if (name != null && name.indexOf('\0') >= 0) {
      throw wrong("name", "must not hold NUL");
    }
    return batches.list(
        owner.name(),
        new BatchFilter(
            constant("kind", kind, BatchKind.values()),
            constant("status", status, BatchStatus.values()),
            name,
            cursor,
            bounded(limit, BatchFilter.MAX_LIMIT)));
  }

  @GetMapping("/{id}")
  BatchView batch(Owner owner, @PathVariable UUID id) {
    return batches.find(owner.name(), id).orElseThrow(() -> missing(id));
  }

  @GetMapping("/{id}/steps")
  StepPage steps(
      Owner owner,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable Integer group,
      @RequestParam(defaultValue = "-1") int cursor,
      @RequestParam(defaultValue = "100") int limit) {
    if (!batches.exists(owner.name(), id)) {
      throw missing(id);
    }
    return steps.list(
        id,
        new StepFilter(
            constant("state", state, StepState.values()),
            constant("kind", kind, StepKind.values()),
            group,
            cursor,
            bounded(limit, StepFilter.MAX_LIMIT)));
  }

  private static int bounded(int limit, int max) {
    if (limit < 1 || limit > max) {
      throw wrong("limit", "must be from 1 to " + max);
    }
    return limit;
  }

  private static <E extends Enum<E>> @Nullable E constant(
      String parameter, @Nullable String value, E[] constants) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    String name = value.toUpperCase(Locale.ROOT);
    List<String> names = Arrays.stream(constants).map(Enum::name).toList();
    if (!names.contains(name)) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST,
          FieldProblem.of(parameter, "is none of the accepted values", names));
    }
    return constants[names.indexOf(name)];
  }

  private static ProblemException wrong(String parameter, String message) {
    return ProblemException.of(ProblemType.INVALID_REQUEST, FieldProblem.of(parameter, message));
  }

  private static ProblemException missing(UUID id) {
    return new ProblemException(
        ProblemType.BATCH_NOT_FOUND, "There is no batch " + id + " of yours.");
  }
}
