package io.kombine.local.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events as the WHATWG HTML standard §9.2.6 says. */
final class EventStream {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final InputStream in;

  EventStream(InputStream in) {
    this.in = in;
  }

  @Nullable String read(EventListener listener, @Nullable String lastEventId) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String id = lastEventId;
    String name = "message";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (!data.isEmpty() && !listener.onEvent(name, JSON.readTree(data.toString()))) {
          return id;
        }
        name = "message";
        data.setLength(0);
      } else if (!line.startsWith(":")) {
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
        switch (field) {
          case "id" -> id = value;
          case "event" -> name = value;
          case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
          default -> {
            // the standard: other fields are passed over
          }
        }
      }
    }
    return id;
  }
}
