package io.kombine.batch.pipeline;

import com.fasterxml.jackson.annotation.JsonValue;
import io.kombine.contracts.BatchStatus;
import java.util.Locale;

/** A batch's status in this door's words: the common ones in lower case. */
public record PipelineStatus(BatchStatus status) {

  @JsonValue
  String word() {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
