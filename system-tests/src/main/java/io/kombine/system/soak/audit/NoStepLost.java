package io.kombine.system.soak.audit;

import io.kombine.system.soak.audit.Evidence.BatchFacts;
import io.kombine.system.soak.audit.Evidence.OutputFacts;
import io.kombine.system.soak.audit.Evidence.StepFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Every batch that was accepted is there once, every planned step has ended, and what succeeded has
 * its outputs in the artifact store and its files delivered.
 */
final class NoStepLost implements Guarantee {

  private static final Set<String> TERMINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "SKIPPED");

  private static final Set<String> ENDED =
      Set.of("COMPLETED", "COMPLETED_WITH_FAILURES", "FAILED", "CANCELLED");

  @Override
  public String name() {
    return "NO_STEP_LOST";
  }

  @Override
  public List<Violation> check(Evidence evidence) {
    List<String> found = new ArrayList<>();
    batches(evidence, found);
    for (StepFacts step : evidence.steps()) {
      if (!TERMINAL.contains(step.state())) {
        found.add("The " + step + " has not ended.");
      } else if (step.state().equals("SUCCEEDED")) {
        outputs(step, found);
      }
    }
    return found.stream().map(what -> new Violation(name(), what)).toList();
  }

  private static void batches(Evidence evidence, List<String> found) {
    Map<UUID, Long> steps =
        evidence.steps().stream()
            .collect(Collectors.groupingBy(StepFacts::batchId, Collectors.counting()));
    Set<UUID> known = new HashSet<>();
    Map<String, Long> byName =
        evidence.batches().stream()
            .collect(Collectors.groupingBy(BatchFacts::name, Collectors.counting()));
    for (BatchFacts batch : evidence.batches()) {
      known.add(batch.id());
      if (!ENDED.contains(batch.status())) {
        found.add("Batch %s has not ended but is %s.".formatted(batch.id(), batch.status()));
      }
      long has = steps.getOrDefault(batch.id(), 0L);
      if (has != batch.steps()) {
        found.add("Batch %s has %d steps of %d planned.".formatted(batch.id(), has, batch.steps()));
      }
    }
    evidence
        .accepted()
        .forEach((name, id) -> {
          if (!known.contains(id)) {
            found.add("Batch %s (%s) was accepted and is not there.".formatted(id, name));
          }
        });
    byName.forEach((name, count) -> {
      if (count > 1) {
        found.add("%s was submitted once and made %d batches.".formatted(name, count));
      }
    });
  }

  private static void outputs(StepFacts step, List<String> found) {
    if (step.outputs().size() != step.expected()) {
      found.add(
          "The %s has %d outputs of %d.".formatted(step, step.outputs().size(), step.expected()));
    }
    for (OutputFacts output : step.outputs()) {
      if (!output.stored()) {
        found.add(
            "The %s has an output that is not in the store as it was: %s."
                .formatted(step, output.sha256()));
      }
      if (output.delivered() != null && !output.delivered().equals("DELIVERED")) {
        found.add(
            "The %s has an output that was not delivered but is %s: %s."
                .formatted(step, output.delivered(), output.sha256()));
      }
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
