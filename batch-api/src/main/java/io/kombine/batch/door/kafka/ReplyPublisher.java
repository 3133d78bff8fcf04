package io.kombine.batch.door.kafka;

import io.kombine.batch.door.kafka.ReplyRows.Row;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one thread of this process that publishes replies, while no other process does: in their
 * order, at least once, a bounded number at a time. A reply is forgotten once the broker has
 * acknowledged it; after a crash in between it is published again under the same event id and
 * sequence. A database or broker that does not answer is tried again after a growing pause of at
 * most 5 s.
 */
final class ReplyPublisher implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ReplyPublisher.class);

  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration TIDYING = Duration.ofMinutes(10);
  private static final int FORGOTTEN_AT_ONCE = 1_000;

  /** For so long a round may hold its transaction. */
  private static final long ACKNOWLEDGED_WITHIN_SECONDS = 30;

  private final ReplyRows rows;
  private final KafkaOperations<String, byte[]> kafka;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final int most;

  private volatile @Nullable Thread thread;
  private long tidiedNanos = System.nanoTime();

  ReplyPublisher(
      ReplyRows rows,
      KafkaOperations<String, byte[]> kafka,
      TransactionTemplate transactions,
      Clock clock,
      int most) {
    this.rows = rows;
    this.kafka = kafka;
    this.transactions = transactions;
    this.clock = clock;
    this.most = most;
  }

  @Override
  public void start() {
    thread = Thread.ofPlatform().name("replies").start(this::loop);
  }

  @Override
  public void stop() {
    Thread ending = thread;
    thread = null;
    if (ending != null) {
      ending.interrupt();
      try {
        ending.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void loop() {
    Duration pause = IDLE;
    while (thread == Thread.currentThread()) {
      try {
        boolean more = Boolean.TRUE.equals(transactions.execute(status -> round()));
        pause = IDLE;
        if (!more) {
          TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (thread != Thread.currentThread()) {
          return;
        }
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        log.warn("Replies are published again in {}: {}", pause, e.toString());
        try {
          TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException interrupted) {
          return;
        }
      }
    }
  }

  private boolean round() {
    if (!rows.lock()) {
      return false;
    }
    if (System.nanoTime() - tidiedNanos > TIDYING.toNanos()) {
      tidiedNanos = System.nanoTime();
      rows.forgetRefused(clock.instant(), FORGOTTEN_AT_ONCE);
    }
    List<Row> next = rows.next(most);
    if (next.isEmpty()) {
      return false;
    }
    publish(next);
    rows.forget(next);
    return next.size() == most;
  }

  private void publish(List<Row> replies) {
    try {
      CompletableFuture.allOf(
              replies.stream()
                  .map(reply -> kafka.send(ReplyWording.record(reply)))
                  .toArray(CompletableFuture[]::new))
          .get(ACKNOWLEDGED_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("The broker did not take all replies", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while replies were published", e);
    }
  }
}
