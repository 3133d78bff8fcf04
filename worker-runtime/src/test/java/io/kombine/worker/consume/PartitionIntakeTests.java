package io.kombine.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.MessageListenerContainer;

class PartitionIntakeTests {

  private static final TopicPartition ONE = new TopicPartition("topic", 0);
  private static final TopicPartition OTHER = new TopicPartition("topic", 1);
  private static final byte[] VALUE = {1};

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final PermitPool pool = new PermitPool();
  private final PartitionIntake intake =
      new PartitionIntake(
          new CappedTopic("test", "topic", "group", 2),
          pool,
          ConsumeBench.limits(10, 8, Duration.ZERO));

  @BeforeEach
  void assign() {
    consumer.assign(List.of(ONE, OTHER));
    consumer.updateBeginningOffsets(Map.of(ONE, 0L, OTHER, 0L));
    intake.onPartitionsAssigned(consumer, List.of(ONE, OTHER));
  }

  @Test
  void permitsFollowThePartitions() {
    assertThat(pool.size()).isEqualTo(4);
    intake.onPartitionsRevokedBeforeCommit(consumer, List.of(ONE));
    assertThat(pool.size()).isEqualTo(2);
    intake.onPartitionsLost(consumer, List.of(OTHER));
    assertThat(pool.size()).isZero();
  }

  @Test
  void recordBeyondTheSpanSetsItsPartitionBackToItAndPausesIt() throws InterruptedException {
    intake.onMessage(records(ONE, 0, 8), consumer);
    assertThat(pool.load()).isEqualTo(8);
    assertThat(consumer.position(ONE)).isEqualTo(8);
    assertThat(consumer.paused()).containsExactly(ONE);

    finish(3);
    intake.tend(consumer);
    assertThat(consumer.paused()).as("span 5 of 8").containsExactly(ONE);
    finish(1);
    intake.tend(consumer);
    assertThat(consumer.paused()).as("span 4 of 8").isEmpty();
    assertThat(intake.partitions())
        .filteredOn(each -> each.partition().equals(ONE))
        .allSatisfy(each -> assertThat(each.offsets().committable()).hasValue(4));
  }

  @Test
  void recordBeyondTheIntakeSetsItsPartitionBackToItAndPausesAll() throws InterruptedException {
    intake.onMessage(records(ONE, 0, 5), consumer);
    intake.onMessage(records(OTHER, 0, 5), consumer);
    assertThat(pool.load()).isEqualTo(10);
    assertThat(consumer.position(OTHER)).isEqualTo(4);
    assertThat(consumer.paused()).containsExactlyInAnyOrder(ONE, OTHER);

    finish(4);
    intake.tend(consumer);
    assertThat(consumer.paused()).as("6 of 10 held").hasSize(2);
    finish(1);
    intake.tend(consumer);
    assertThat(consumer.paused()).as("5 of 10 held").isEmpty();
  }

  @Test
  void recordsPolledAgainAreNotTakenAgain() {
    intake.onMessage(records(ONE, 0, 3), consumer);
    intake.onMessage(records(ONE, 0, 4), consumer);
    assertThat(pool.load()).isEqualTo(5);
  }

  @Test
  void failedPollIsPolledAgain() {
    consumer.seek(ONE, 7);
    new PollRedelivery()
        .handleBatch(
            new IllegalStateException("taking over failed"),
            new ConsumerRecords<>(Map.of(ONE, records(ONE, 3, 6)), Map.of()),
            consumer,
            org.mockito.Mockito.mock(MessageListenerContainer.class),
            () -> {});
    assertThat(consumer.position(ONE)).isEqualTo(3);
  }

  @Test
  void revokedPartitionsLeaveNoTaskBehind() {
    intake.onMessage(records(ONE, 0, 3), consumer);
    intake.onMessage(records(OTHER, 0, 1), consumer);
    intake.onPartitionsRevokedBeforeCommit(consumer, List.of(ONE));
    assertThat(pool.load()).isEqualTo(2);
  }

  @Test
  void assignedAgainWithoutAGoodbyeStartsAnew() {
    intake.onMessage(records(ONE, 0, 3), consumer);
    OwnedPartition former =
        intake.partitions().stream().filter(each -> each.partition().equals(ONE)).findAny().get();
    intake.onPartitionsAssigned(consumer, List.of(ONE));
    assertThat(former.revoked()).isTrue();
    assertThat(pool.load()).isZero();
    intake.onMessage(records(ONE, 0, 3), consumer);
    assertThat(pool.load()).isEqualTo(4);
  }

  @Test
  void drainingTakesNothingMore() {
    pool.drain();
    intake.onMessage(records(ONE, 0, 3), consumer);
    assertThat(pool.load()).isZero();
    assertThat(consumer.paused()).hasSize(2);
    assertThat(consumer.committed(java.util.Set.of(ONE)).get(ONE)).isNull();
  }

  private void finish(int tasks) throws InterruptedException {
    for (int n = 0; n < tasks; n++) {
      HeldPermit permit = pool.take();
      permit.task().finish();
      pool.end(permit, false);
    }
  }

  private static List<ConsumerRecord<String, byte[]>> records(
      TopicPartition at, int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(n -> new ConsumerRecord<>(at.topic(), at.partition(), n, "key", VALUE))
        .toList();
  }
}
