package io.kombine.system.simulator.call;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A company whose API is simulated. In JSON its name is in lower case. */
public enum Vendor {
  OPENAI,
  GEMINI,
  KLING,
  FAL,
  DRIVE;

  /**
   * The vendor with that name, in any case.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static Vendor of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name in lower case. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
