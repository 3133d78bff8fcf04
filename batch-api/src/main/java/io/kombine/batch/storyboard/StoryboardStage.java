package io.kombine.batch.storyboard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kombine.contracts.StepKind;
import java.util.Locale;

/** The stages of a generation, in the order in which they run. */
public enum StoryboardStage {
  AUDIO(StepKind.AUDIO),
  IMAGES(StepKind.I2I),
  VIDEOS(StepKind.I2V);

  private final StepKind kind;

  StoryboardStage(StepKind kind) {
    this.kind = kind;
  }

  /** What its steps are. */
  public StepKind kind() {
    return kind;
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** By the name on the wire. */
  @JsonCreator
  public static StoryboardStage of(String wireName) {
    for (StoryboardStage stage : values()) {
      if (stage.wireName().equals(wireName)) {
        return stage;
      }
    }
    throw new IllegalArgumentException("no stage is called " + wireName);
  }
}
