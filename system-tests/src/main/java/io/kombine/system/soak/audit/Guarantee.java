package io.kombine.system.soak.audit;

import java.util.List;

/** What holds after every run, whatever was killed meanwhile. */
public interface Guarantee {

  /** All, in the order of reports. */
  List<Guarantee> ALL =
      List.of(
          new NoStepLost(),
          new NoDoubleCharge(),
          new CapHeld(),
          new RateHeld(),
          new CountsConserved(),
          new TreeExact(),
          new StatusAgrees());

  /** Its name, such as {@code NO_STEP_LOST}. */
  String name();

  /** In which ways it was broken; empty where it held. */
  List<Violation> check(Evidence evidence);

  /** Checks all of them. */
  static List<Violation> audit(Evidence evidence) {
    return ALL.stream().flatMap(guarantee -> guarantee.check(evidence).stream()).toList();
  }
}
