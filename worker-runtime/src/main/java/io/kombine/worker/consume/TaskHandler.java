package io.kombine.worker.consume;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is done with one record, on a virtual thread of its own while holding a permit.
 *
 * <p>Returning normally says what becomes of the record. {@link IllegalRecordException} sends it to
 * the dead-letter topic. Any other exception parks it for a growing pause (1 s to 60 s) and tries
 * again, without end: whatever was broken is ours, not the record's.
 */
@FunctionalInterface
public interface TaskHandler {

  TaskResult handle(ConsumerRecord<String, byte[]> message, Permit permit)
      throws InterruptedException;
}
