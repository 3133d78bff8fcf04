package io.kombine.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The front door a batch came through. */
public enum BatchKind {
  PIPELINE,
  VARIANT,
  SCENES,
  STORYBOARD,
  SLIDESHOW;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static BatchKind of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
