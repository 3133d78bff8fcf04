package io.kombine.worker.consume;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * Consumption of one topic with at most <em>permits per partition × partitions owned</em> records
 * in their handler at once, pooled over the partitions, so that a slow record delays no other while
 * a permit is free.
 *
 * <p>Each record is handled on a virtual thread; its offset is committed when it and all before it
 * have finished, whatever the order. Records are handled at least once: after a crash, a revocation
 * in mid-call or a drain that ran out, unfinished ones are delivered again, here or elsewhere.
 * After a revocation in mid-call the call runs on, so for its rest more records than permits may be
 * in their handler over the whole group; the slots of the claims hold the cap there.
 *
 * <p>A bean of it starts and stops with the context. Stopping begins no further record, waits for
 * running ones within the drain timeout, commits what has finished and leaves the group. Methods
 * are safe for use by several threads.
 */
public final class CappedConsumer implements SmartLifecycle {

  private final String stage;
  private final Supplier<Consumption> consumptions;
  private volatile @Nullable Consumption current;

  CappedConsumer(String stage, Supplier<Consumption> consumptions) {
    this.stage = stage;
    this.consumptions = consumptions;
  }

  @Override
  public synchronized void start() {
    if (current == null) {
      Consumption next = consumptions.get();
      next.begin();
      current = next;
    }
  }

  /** Returns when the group is left, at the latest some seconds after the drain timeout. */
  @Override
  public synchronized void stop() {
    Consumption ending = current;
    if (ending != null) {
      ending.end();
      current = null;
    }
  }

  /** why a thread: the consumers of a process drain together, not one after the other */
  @Override
  public void stop(Runnable callback) {
    Thread.ofVirtual()
        .name("kombine-" + stage + "-stop")
        .start(() -> {
          try {
            stop();
          } finally {
            callback.run();
          }
        });
  }

  @Override
  public boolean isRunning() {
    return current != null;
  }

  /** After everything that handlers use has started, and before it stops. */
  @Override
  public int getPhase() {
    return AbstractMessageListenerContainer.DEFAULT_PHASE;
  }
}
