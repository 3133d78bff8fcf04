package io.kombine.gateway.status;

import io.kombine.contracts.BatchView;

/** What a stream has to tell its client next. */
sealed interface StreamUpdate {

  record Snapshot(EventPosition id, StreamCursor cursor, StatusSnapshot snapshot, boolean done)
      implements StreamUpdate {}

  record Delta(
      EventPosition id, StreamCursor cursor, BatchView document, StatusDelta delta, boolean done)
      implements StreamUpdate {}

  record Nothing(EventPosition id, BatchView document, boolean done) implements StreamUpdate {}

  /** The stream ends without a word: the client fell too far behind, or the gateway stops. */
  record Closed() implements StreamUpdate {}
}
