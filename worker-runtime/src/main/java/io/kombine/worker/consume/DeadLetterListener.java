package io.kombine.worker.consume;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Told of a record that can never be processed, before it goes to the dead-letter topic, so that
 * whoever waits for it learns its end. Called on the record's virtual thread, without a permit.
 *
 * <p>Any exception parks the record, and the listener is called again; so it may be called more
 * than once for one record.
 */
@FunctionalInterface
public interface DeadLetterListener {

  /**
   * Everything the listener does shall be acknowledged when it returns.
   *
   * @param message as it was read; key and value may be null
   */
  void onDeadLetter(ConsumerRecord<String, byte[]> message, String reason)
      throws InterruptedException;

  /** Where nobody waits for the record. */
  static DeadLetterListener none() {
    return (message, reason) -> {};
  }
}
