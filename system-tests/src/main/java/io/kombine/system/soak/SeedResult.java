package io.kombine.system.soak;

import io.kombine.system.soak.audit.Violation;
import io.kombine.system.soak.drive.Finding;
import java.util.List;

/** A seed's run and what the auditor says of it. */
public record SeedResult(Finding finding, List<Violation> violations) {

  public SeedResult {
    violations = List.copyOf(violations);
  }
}
