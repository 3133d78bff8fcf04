package io.kombine.system.soak.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * Inside a provider never more calls went on at once than its stage's cap, nor than its account is
 * allowed.
 */
final class CapHeld implements Guarantee {

  @Override
  public String name() {
    return "CAP_HELD";
  }

  @Override
  public List<Violation> check(Evidence evidence) {
    List<Violation> found = new ArrayList<>();
    evidence
        .keys()
        .forEach(key -> {
          if (key.most() > key.cap()) {
            found.add(
                new Violation(
                    name(),
                    "%s saw %d calls at once; its stage's cap is %d."
                        .formatted(key.provider(), key.most(), key.cap())));
          }
          if (key.tooManyAtOnce() > 0) {
            found.add(
                new Violation(
                    name(),
                    "%s sent %d calls away as one too many at once; its account is allowed %d."
                        .formatted(key.provider(), key.tooManyAtOnce(), key.concurrency())));
          }
        });
    return found;
  }

  @Override
  public String toString() {
    return name();
  }
}
