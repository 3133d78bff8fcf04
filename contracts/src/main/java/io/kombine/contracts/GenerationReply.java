package io.kombine.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/**
 * Anything on {@code generation.replies}; the field {@code type} says which. Readers skip types
 * they do not know.
 *
 * <p>Replies to one request come in the order of their sequence. A reply may come twice: whoever
 * has seen its sequence passes it over.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = UnknownReply.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = RequestAccepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = RequestRejected.class, name = "rejected"),
  @JsonSubTypes.Type(value = BatchStarted.class, name = "started"),
  @JsonSubTypes.Type(value = StepEnded.class, name = "step"),
  @JsonSubTypes.Type(value = BatchFinished.class, name = "finished")
})
public sealed interface GenerationReply
    permits RequestAccepted, RequestRejected, BatchStarted, StepEnded, BatchFinished, UnknownReply {

  /** The request's own id. */
  String requestId();

  /** The reply's number among all to this request of this producer, from 1. */
  long sequence();

  Instant time();
}
