package io.kombine.system.simulator.desk;

import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.Request;
import java.util.Optional;

/** A vendor's API. */
public interface Api {

  /** The header by which any call may name the step that caused it. */
  String STEP_HEADER = "X-Kombine-Step";

  /** Answers a request under one of the vendor's paths; empty when the path is not the vendor's. */
  Optional<Answer> answer(Request request);

  /** Forgets tasks and files. */
  default void reset() {}
}
