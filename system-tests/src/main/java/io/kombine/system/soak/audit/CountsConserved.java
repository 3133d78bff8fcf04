package io.kombine.system.soak.audit;

import java.util.List;

/**
 * Whenever anybody looked, the counts of a batch's states added up to the steps it was planned
 * with.
 */
final class CountsConserved implements Guarantee {

  @Override
  public String name() {
    return "COUNTS_CONSERVED";
  }

  @Override
  public List<Violation> check(Evidence evidence) {
    return evidence.miscounts().stream()
        .map(miscount ->
            new Violation(
                name(),
                "%s said of batch %s at %s: %s"
                    .formatted(
                        miscount.process(), miscount.batchId(), miscount.at(), miscount.counts())))
        .toList();
  }

  @Override
  public String toString() {
    return name();
  }
}
