package io.kombine.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.UUID;

/**
 * Anything on {@code step.events}; the field {@code type} says which. Readers skip types they do
 * not know.
 *
 * <p>All kinds merge by an order of their own, so duplicates and reordering are harmless: steps by
 * {@link StepPosition}, deliveries by (epoch, rank), batches by revision, confirmations by
 * sequence.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = UnknownEvent.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = StepEvent.class, name = "step"),
  @JsonSubTypes.Type(value = DeliveryEvent.class, name = "delivery"),
  @JsonSubTypes.Type(value = BatchEvent.class, name = "batch"),
  @JsonSubTypes.Type(value = ControlConfirmed.class, name = "control-confirmed")
})
public sealed interface StatusEvent
    permits StepEvent, DeliveryEvent, BatchEvent, ControlConfirmed, UnknownEvent {

  UUID batchId();

  Instant time();
}
