package io.kombine.batch.publish;

import io.kombine.batch.model.BatchRow;
import io.kombine.contracts.BatchEvent;
import java.util.List;

/** Words a batch's present revision as an event. */
public interface BatchEventSource {

  /** One event a batch, in the same order. */
  List<BatchEvent> eventsOf(List<BatchRow> batches);
}
