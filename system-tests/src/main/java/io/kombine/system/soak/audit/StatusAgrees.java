package io.kombine.system.soak.audit;

import io.kombine.system.soak.audit.Evidence.BatchFacts;
import io.kombine.system.soak.audit.Evidence.StatusFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Every gateway and batch-api say the same of a batch as the database: status, counts and cost. */
final class StatusAgrees implements Guarantee {

  @Override
  public String name() {
    return "STATUS_AGREES";
  }

  @Override
  public List<Violation> check(Evidence evidence) {
    List<Violation> found = new ArrayList<>();
    for (BatchFacts batch : evidence.batches()) {
      List<StatusFacts> said = of(evidence, batch.id());
      StatusFacts truth =
          said.stream()
              .filter(one -> one.process().equals(StatusFacts.DATABASE))
              .findFirst()
              .orElse(null);
      for (StatusFacts one : said) {
        if (truth == null || !one.agrees(truth)) {
          found.add(
              new Violation(
                  name(),
                  "%s says of batch %s: %s, the database: %s."
                      .formatted(
                          one.process(),
                          batch.id(),
                          one.words(),
                          truth == null ? "nothing" : truth.words())));
        }
      }
      if (said.size() < 2) {
        found.add(new Violation(name(), "Nobody says anything of batch %s.".formatted(batch.id())));
      }
    }
    return found;
  }

  private static List<StatusFacts> of(Evidence evidence, UUID batchId) {
    return evidence.statuses().stream().filter(one -> one.batchId().equals(batchId)).toList();
  }

  @Override
  public String toString() {
    return name();
  }
}
