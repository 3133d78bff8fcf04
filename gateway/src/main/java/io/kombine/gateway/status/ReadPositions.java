package io.kombine.gateway.status;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How far this replica has read each partition of {@code step.events}. A position is advanced
 * <em>before</em> the records below it are handed on: whoever registers for a batch first and reads
 * the position afterwards is given every record from that position on. Thread-safe.
 */
@Component
final class ReadPositions {

  private volatile @Nullable AtomicLongArray next;

  /** Takes the partitions over, each at its first position. */
  void begin(long[] positions) {
    next = new AtomicLongArray(positions);
  }

  /** Forgets the partitions: until the next beginning nothing is ready. */
  void end() {
    next = null;
  }

  boolean isReady() {
    return next != null;
  }

  void advance(int partition, long position) {
    known().set(partition, position);
  }

  /** The offset of the next record that will be handed on. */
  long of(int partition) {
    return known().get(partition);
  }

  int partitions() {
    AtomicLongArray now = next;
    return now == null ? 0 : now.length();
  }

  /** The partition that Kafka's default partitioner gives the batch's key. */
  int partitionOf(UUID batchId) {
    byte[] key = batchId.toString().getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % known().length();
  }

  private AtomicLongArray known() {
    AtomicLongArray now = next;
    if (now == null) {
      throw new NotReadyException();
    }
    return now;
  }

  /** The partitions are not known (any more). */
  static final class NotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotReadyException() {
      super("step.events is not being read yet");
    }
  }
}
