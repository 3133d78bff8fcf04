package io.kombine.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a cancel meant for one step and its money (design §4.8). */
public enum StopOutcome {
  /** No call was made, or none that is billed. */
  STOPPED_FREE,
  /** The call was stopped and is billed all the same. */
  STOPPED_CHARGED,
  /** The call had begun; it was finished, its output kept and delivered. */
  FINISHED_KEPT,
  /** Nobody can learn whether the call is billed. */
  CHARGE_UNKNOWN;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @JsonCreator
  public static StopOutcome of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
