package io.kombine.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The golden JSON samples of the messages. Producer and consumer of a message both test against its
 * sample, so neither can change the wire alone; docs/messages.md shows the same files.
 */
public final class ContractSamples {

  /** Every sample's name with the record that it is read as. */
  public static final Map<String, Class<?>> ALL =
      Map.ofEntries(
          Map.entry("run-step", RunStep.class),
          Map.entry("step-event", StatusEvent.class),
          Map.entry("step-event-retry-wait", StatusEvent.class),
          Map.entry("delivery-event", StatusEvent.class),
          Map.entry("batch-event", StatusEvent.class),
          Map.entry("control-confirmed", StatusEvent.class),
          Map.entry("deliver-file", DeliverFile.class),
          Map.entry("batch-control", BatchControl.class),
          Map.entry("generation-request", GenerationRequest.class),
          Map.entry("generation-reply-accepted", GenerationReply.class),
          Map.entry("generation-reply-rejected", GenerationReply.class),
          Map.entry("generation-reply-started", GenerationReply.class),
          Map.entry("generation-reply-step", GenerationReply.class),
          Map.entry("generation-reply-finished", GenerationReply.class));

  private ContractSamples() {}

  /** The sample's JSON text. */
  public static String json(String name) {
    try (InputStream in = ContractSamples.class.getResourceAsStream("samples/" + name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException(
            "no sample " + name + "; there are " + List.copyOf(ALL.keySet()));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sample read as its record. */
  public static <T> T read(String name, Class<T> type) {
    return ContractJson.mapper().readValue(json(name), type);
  }
}
