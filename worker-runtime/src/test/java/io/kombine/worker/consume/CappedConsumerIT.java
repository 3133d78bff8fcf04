package io.kombine.worker.consume;

import static io.kombine.worker.consume.ConsumeBench.limits;
import static io.kombine.worker.consume.ConsumeBench.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CappedConsumerIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final Set<String> handled = ConcurrentHashMap.newKeySet();
  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void slowRecordDelaysNoOtherOfItsPartition() {
    try (ConsumeBench bench = new ConsumeBench(1)) {
      bench.send(0, 50);
      bench.start(limits(), 2, gated("0"));
      await().atMost(SOON).until(() -> handled.size() == 50);
      assertThat(handled).doesNotContain("0");
      assertThat(bench.committed(0)).isZero();

      gate.countDown();
      await().atMost(SOON).until(() -> bench.committed(0) == 51);
    }
  }

  @Test
  void parkedRecordHoldsNoPermit() {
    try (ConsumeBench bench = new ConsumeBench(1)) {
      bench.send(0, 5);
      bench.start(
          limits(),
          1,
          (message, permit) ->
              text(message).equals("0") ? TaskResult.park(Duration.ofHours(1)) : finished(message),
          DeadLetterListener.none(),
          bench.meters);
      await().atMost(SOON).until(() -> handled.size() == 5);
      await().atMost(SOON).until(() -> gauge(bench, "kombine.parked") == 1);
      assertThat(bench.meters.get("kombine.permits").tag("state", "used").gauge().value()).isZero();
      assertThat(bench.meters.get("kombine.permits").tag("state", "total").gauge().value())
          .isEqualTo(1);
      assertThat(gauge(bench, "kombine.queue.age")).isBetween(0.0, 60.0);
      assertThat(bench.committed(0)).isZero();
    }
  }

  @Test
  void parkedRecordIsHandledAgainAfterItsPause() {
    AtomicInteger times = new AtomicInteger();
    try (ConsumeBench bench = new ConsumeBench(1)) {
      bench.send(0, 0);
      bench.start(
          limits(),
          1,
          (message, permit) ->
              times.incrementAndGet() < 4
                  ? TaskResult.park(Duration.ofMillis(20))
                  : finished(message));
      await().atMost(SOON).until(() -> bench.committed(0) == 1);
      assertThat(times).hasValue(4);
    }
  }

  @Test
  void permitGivenBackEarlyLetsTheNextBegin() {
    try (ConsumeBench bench = new ConsumeBench(1)) {
      bench.send(0, 1);
      bench.start(
          limits(),
          1,
          (message, permit) -> {
            if (text(message).equals("0")) {
              permit.release();
              permit.release();
              gate.await();
            }
            return finished(message);
          });
      await().atMost(SOON).until(() -> handled.contains("1"));
      assertThat(handled).doesNotContain("0");
      gate.countDown();
      await().atMost(SOON).until(() -> bench.committed(0) == 2);
    }
  }

  @Test
  void poisonGoesToTheDeadLettersAndBlocksNothing() {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    try (ConsumeBench bench = new ConsumeBench(1)) {
      bench.send(0, 9);
      bench.start(
          limits(),
          1,
          (message, permit) -> {
            if (text(message).equals("3")) {
              throw new IllegalRecordException("three is not for us");
            }
            return finished(message);
          },
          (message, reason) -> told.add(message.key() + ": " + reason),
          bench.meters);
      await().atMost(SOON).until(() -> bench.committed(0) == 10);
      assertThat(handled).hasSize(9);
      assertThat(told).containsExactly("key-3: three is not for us");
      List<ConsumerRecord<String, byte[]>> letters = bench.deadLetters(1);
      assertThat(letters).hasSize(1);
      ConsumerRecord<String, byte[]> letter = letters.getFirst();
      assertThat(letter.key()).isEqualTo("key-3");
      assertThat(text(letter)).isEqualTo("3");
      assertThat(header(letter, DeadLetters.REASON)).isEqualTo("three is not for us");
      assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(bench.topic);
      assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("0");
      assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("3");
      assertThat(
              bench.meters.get("kombine.dead.letters").tag("topic", bench.topic).counter().count())
          .isEqualTo(1);
    }
  }

  @Test
  void deadLetterWaitsForItsListener() {
    AtomicInteger told = new AtomicInteger();
    try (ConsumeBench bench = new ConsumeBench(1)) {
      bench.send(0, 0);
      bench.start(
          limits(),
          1,
          (message, permit) -> {
            throw new IllegalRecordException("never");
          },
          (message, reason) -> {
            if (told.incrementAndGet() < 3) {
              throw new IllegalStateException("nobody listens yet");
            }
          },
          bench.meters);
      await().atMost(SOON).until(() -> bench.committed(0) == 1);
      assertThat(told).hasValue(3);
      assertThat(bench.deadLetters(1)).hasSize(1);
    }
  }

  @Test
  void failingHandlerIsCalledAgainWithoutEndAndWithoutAPermitMeanwhile() {
    AtomicInteger failures = new AtomicInteger();
    try (ConsumeBench bench = new ConsumeBench(1)) {
      bench.send(0, 20);
      bench.start(
          limits(),
          1,
          (message, permit) -> {
            if (text(message).equals("0") && failures.incrementAndGet() <= 8) {
              throw new IllegalStateException("the database is away");
            }
            return finished(message);
          });
      await().atMost(SOON).until(() -> bench.committed(0) == 21);
      assertThat(failures).hasValue(9);
    }
  }

  @Test
  void spanAtItsLimitPausesThePartitionAlone() {
    try (ConsumeBench bench = new ConsumeBench(2)) {
      for (int n = 0; n < 30; n++) {
        bench.send(0, "slow-" + n);
        bench.send(1, "fast-" + n);
      }
      bench.start(limits(2_000, 10, Duration.ofSeconds(5)), 2, gated("slow-0"));
      await().atMost(SOON).until(() -> handled.containsAll(named("fast-", 0, 29)));
      await().atMost(SOON).until(() -> handled.containsAll(named("slow-", 1, 9)));
      await().during(Duration.ofMillis(600)).atMost(SOON).until(() -> handled.size() == 39);

      gate.countDown();
      await().atMost(SOON).until(() -> bench.committed(0) == 30 && bench.committed(1) == 30);
    }
  }

  @Test
  void intakeAtItsLimitPausesAndGoesOn() {
    try (ConsumeBench bench = new ConsumeBench(2)) {
      bench.send(0, 199);
      bench.start(
          limits(7, 10_000, Duration.ofSeconds(5)), 1, (message, permit) -> finished(message));
      await().atMost(SOON).until(() -> bench.committed(0) == 100 && bench.committed(1) == 100);
      assertThat(handled).hasSize(200);
    }
  }

  @Test
  void drainWaitsForRunningRecordsAndCommitsFinishedOnesOnly() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(3);
    Queue<Boolean> drains = new ConcurrentLinkedQueue<>();
    try (ConsumeBench bench = new ConsumeBench(1)) {
      bench.send(0, 9);
      CappedConsumer consumer =
          bench.start(
              limits(2_000, 10_000, Duration.ofSeconds(1)),
              3,
              (message, permit) -> {
                running.countDown();
                if (text(message).equals("1")) {
                  gate.await();
                } else {
                  await().atMost(SOON).until(permit::draining);
                  drains.add(permit.draining());
                }
                return finished(message);
              });
      running.await();
      consumer.stop();
      assertThat(handled).containsExactlyInAnyOrder("0", "2");
      assertThat(bench.committed(0)).isEqualTo(1);

      handled.clear();
      bench.start(limits(), 3, (message, permit) -> finished(message));
      await().atMost(SOON).until(() -> bench.committed(0) == 10);
      assertThat(handled).containsExactlyInAnyOrderElementsOf(named("", 1, 9));
      gate.countDown();
    }
  }

  @Test
  void stoppedConsumerStartsAgainWhereItWas() {
    try (ConsumeBench bench = new ConsumeBench(1)) {
      bench.send(0, 9);
      CappedConsumer consumer = bench.start(limits(), 1, (message, permit) -> finished(message));
      await().atMost(SOON).until(() -> handled.size() == 10);
      consumer.stop();
      assertThat(bench.committed(0)).isEqualTo(10);
      assertThat(consumer.isRunning()).isFalse();

      bench.send(10, 12);
      consumer.start();
      await().atMost(SOON).until(() -> bench.committed(0) == 13);
    }
  }

  @Test
  void logIsTruncatedBelowTheCommittedOffset() {
    try (ConsumeBench bench = new ConsumeBench(1)) {
      bench.send(0, 9);
      bench.start(limits(), 2, gated("6"));
      await().atMost(SOON).until(() -> bench.beginning(0) == 6);
      assertThat(bench.committed(0)).isEqualTo(6);
      gate.countDown();
      await().atMost(SOON).until(() -> bench.beginning(0) == 10);
    }
  }

  private TaskHandler gated(String slow) {
    return (message, permit) -> {
      if (text(message).equals(slow)) {
        gate.await();
      }
      return finished(message);
    };
  }

  private TaskResult finished(ConsumerRecord<String, byte[]> message) {
    handled.add(text(message));
    return TaskResult.finished();
  }

  private static List<String> named(String prefix, int first, int last) {
    return java.util.stream.IntStream.rangeClosed(first, last).mapToObj(n -> prefix + n).toList();
  }

  private static double gauge(ConsumeBench bench, String name) {
    return bench.meters.get(name).tag("stage", ConsumeBench.STAGE).gauge().value();
  }

  private static String header(ConsumerRecord<String, byte[]> message, String name) {
    return new String(message.headers().lastHeader(name).value(), UTF_8);
  }
}
