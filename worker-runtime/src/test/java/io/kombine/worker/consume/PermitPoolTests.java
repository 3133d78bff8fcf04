package io.kombine.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PermitPoolTests {

  private final PermitPool pool = new PermitPool();
  private final OwnedPartition one = new OwnedPartition(new TopicPartition("topic", 0), 100);
  private final OwnedPartition other = new OwnedPartition(new TopicPartition("topic", 1), 100);
  private long sequence;

  @Test
  void tasksGoInTheOrderInWhichTheyBecameDue() throws InterruptedException {
    Task first = task(one);
    Task second = task(other);
    Task parked = task(one);
    parked.park(Duration.ofMillis(30));
    pool.resize(3);
    pool.add(List.of(parked, second, first));
    assertThat(pool.parked()).isEqualTo(1);
    assertThat(pool.take().task()).isSameAs(first);
    assertThat(pool.take().task()).isSameAs(second);
    assertThat(pool.take().task()).isSameAs(parked);
    assertThat(pool.parked()).isZero();
  }

  @Test
  void permitTakenAwayIsNotGivenToAnotherUntilEnoughCameBack() throws Exception {
    pool.resize(3);
    pool.add(List.of(task(one), task(one), task(one), task(one)));
    List<HeldPermit> held = List.of(pool.take(), pool.take(), pool.take());
    pool.resize(1);
    CompletableFuture<HeldPermit> next = CompletableFuture.supplyAsync(this::take);
    pool.end(held.get(0), false);
    pool.end(held.get(1), false);
    assertThat(pool.used()).isEqualTo(1);
    assertThatThrownBy(() -> next.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    pool.end(held.get(2), false);
    assertThat(next.get()).isNotNull();
  }

  @Test
  void revocationWaitsForItsTasksAndForThePermitsThatGoWithIt() throws InterruptedException {
    pool.resize(2);
    pool.add(List.of(task(one), task(one)));
    HeldPermit first = pool.take();
    HeldPermit second = pool.take();
    other.revoke();
    pool.revoked(1);
    assertThat(pool.awaitRevoked(Duration.ofMillis(1))).as("two of one permit held").isFalse();
    pool.end(first, false);
    assertThat(pool.awaitRevoked(Duration.ofMillis(1))).isTrue();

    one.revoke();
    pool.revoked(0);
    second.release();
    assertThat(second.draining()).isTrue();
    assertThat(pool.awaitRevoked(Duration.ofMillis(1))).as("its task runs on").isFalse();
    pool.end(second, true);
    assertThat(pool.awaitRevoked(Duration.ofMillis(1))).isTrue();
    assertThat(pool.load()).as("nobody parks for a revoked partition").isZero();
  }

  @Test
  void drainingGivesNoPermitAndDropsWhatWaits() throws InterruptedException {
    pool.resize(2);
    pool.add(List.of(task(one), task(one)));
    HeldPermit running = pool.take();
    pool.drain();
    assertThat(pool.take()).isNull();
    assertThat(running.draining()).isTrue();
    assertThat(pool.awaitIdle(Duration.ofMillis(1))).isFalse();
    pool.end(running, true);
    assertThat(pool.awaitIdle(Duration.ofMillis(1))).isTrue();
    assertThat(pool.load()).isZero();
  }

  @Test
  void taskPastItsPermitStillCountsAsHeld() throws InterruptedException {
    pool.resize(1);
    pool.add(List.of(task(one)));
    HeldPermit permit = pool.take();
    assertThat(pool.load()).isZero();
    permit.release();
    permit.release();
    assertThat(pool.load()).isEqualTo(1);
    assertThat(pool.used()).isZero();
    pool.end(permit, false);
    assertThat(pool.load()).isZero();
  }

  private HeldPermit take() {
    try {
      return pool.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Task task(OwnedPartition partition) {
    byte[] value = {1};
    return new Task(
        new ConsumerRecord<>("topic", partition.partition().partition(), sequence, "key", value),
        partition,
        sequence++);
  }
}
