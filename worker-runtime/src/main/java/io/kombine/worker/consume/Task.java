package io.kombine.worker.consume;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record on its way. Belongs to the {@link PermitPool} while it waits and to its virtual thread
 * while it is handled.
 */
final class Task implements Comparable<Task> {

  private final ConsumerRecord<String, byte[]> message;
  private final OwnedPartition partition;
  private final long sequence;
  private long dueNanos;
  private boolean parked;
  private int failures;

  Task(ConsumerRecord<String, byte[]> message, OwnedPartition partition, long sequence) {
    this.message = message;
    this.partition = partition;
    this.sequence = sequence;
    this.dueNanos = System.nanoTime();
  }

  ConsumerRecord<String, byte[]> message() {
    return message;
  }

  OwnedPartition partition() {
    return partition;
  }

  void park(Duration pause) {
    dueNanos = System.nanoTime() + pause.toNanos();
    parked = true;
  }

  void unpark() {
    parked = false;
  }

  boolean parked() {
    return parked;
  }

  long nanosUntilDue() {
    return dueNanos - System.nanoTime();
  }

  /** Failures in a row, this one counted. */
  int failed() {
    return ++failures;
  }

  void answered() {
    failures = 0;
  }

  void finish() {
    partition.offsets().finish(message.offset());
  }

  @Override
  public int compareTo(Task other) {
    long byTime = dueNanos - other.dueNanos;
    return byTime == 0 ? Long.compare(sequence, other.sequence) : Long.signum(byTime);
  }

  @Override
  public String toString() {
    return partition.partition() + "@" + message.offset();
  }
}
