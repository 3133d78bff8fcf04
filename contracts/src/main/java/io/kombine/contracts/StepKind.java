package io.kombine.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a step pays for; also the name of its stage, of its topic's last part and of its worker's
 * cap.
 */
public enum StepKind {
  /** Text about images, as JSON. */
  ANALYSIS,
  /** An image made of a prompt and none, one or several images. */
  I2I,
  /** Speech made of text. */
  AUDIO,
  /** A video made of an image and a motion prompt. */
  I2V;

  /** The name on the wire: the enum's, in lower case. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The topic whose records ask for steps of this kind. */
  public String topic() {
    return Topics.STEPS_PREFIX + wireName();
  }

  @JsonCreator
  public static StepKind of(String wireName) {
    for (StepKind kind : values()) {
      if (kind.wireName().equals(wireName)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown step kind " + wireName);
  }
}
