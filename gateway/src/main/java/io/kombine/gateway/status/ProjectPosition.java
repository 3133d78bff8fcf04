package io.kombine.gateway.status;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a client of a project's socket has been told: a batch and a position in its partition of
 * {@code step.events}, written {@code <batch id>@<partition>:<offset>}.
 */
record ProjectPosition(UUID batchId, EventPosition position) {

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** Reads what a client sends back; empty if it is none of ours. */
  static Optional<ProjectPosition> parse(@Nullable String text) {
    int at = text == null ? -1 : text.indexOf('@');
    if (text == null || at < 0 || !UUID_FORM.matcher(text.substring(0, at)).matches()) {
      return Optional.empty();
    }
    UUID batchId = UUID.fromString(text.substring(0, at));
    return EventPosition.parse(text.substring(at + 1))
        .map(position -> new ProjectPosition(batchId, position));
  }

  @Override
  public String toString() {
    return batchId + "@" + position;
  }
}
