package io.kombine.gateway.status;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place in {@code step.events}, written {@code partition:offset}: the id of a stream's event. */
record EventPosition(int partition, long offset) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,6}):(-1|\\d{1,18})");

  /** Reads what a client sends back; empty if it is none of ours. */
  static Optional<EventPosition> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    var matcher = FORM.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(
            new EventPosition(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return partition + ":" + offset;
  }
}
