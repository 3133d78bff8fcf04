package io.kombine.system.soak.audit;

import java.util.List;

/** No provider had to send a call away because too many came in a window of time. */
final class RateHeld implements Guarantee {

  @Override
  public String name() {
    return "RATE_HELD";
  }

  @Override
  public List<Violation> check(Evidence evidence) {
    return evidence.keys().stream()
        .filter(key -> key.tooMany() > 0 || key.mostInWindow() > key.requests())
        .map(key ->
            new Violation(
                name(),
                "%s sent %d calls away and let %d in within %d ms; its account is allowed %d."
                    .formatted(
                        key.provider(),
                        key.tooMany(),
                        key.mostInWindow(),
                        key.windowMs(),
                        key.requests())))
        .toList();
  }

  @Override
  public String toString() {
    return name();
  }
}
