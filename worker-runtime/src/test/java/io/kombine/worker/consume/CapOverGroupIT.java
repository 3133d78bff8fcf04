package io.kombine.worker.consume;

import static io.kombine.worker.consume.ConsumeBench.limits;
import static io.kombine.worker.consume.ConsumeBench.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Several consumers of one group in one JVM, as several processes would be. */
class CapOverGroupIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int PARTITIONS = 3;

  private final Map<String, AtomicInteger> handled = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void oneConsumerUsesAllPermitsAndNeverMore() {
    try (ConsumeBench bench = new ConsumeBench(PARTITIONS)) {
      bench.send(0, 199);
      bench.start(limits(), 2, this::counted);
      awaitCommitted(bench, 200);
      assertThat(most).hasValue(6);
      assertThat(handled.values()).allSatisfy(times -> assertThat(times).hasValue(1));
    }
  }

  @Test
  void allPermitsAreOfUseToASinglePartition() {
    try (ConsumeBench bench = new ConsumeBench(PARTITIONS)) {
      for (int n = 0; n < 60; n++) {
        bench.send(1, Integer.toString(n));
      }
      bench.start(limits(), 1, this::counted);
      await().atMost(LONG).until(() -> bench.committed(1) == 60);
      assertThat(most).hasValue(3);
    }
  }

  @Test
  void capHoldsOverTheGroupWhilePartitionsMove() {
    long seed = System.nanoTime();
    System.out.println("capHoldsOverTheGroupWhilePartitionsMove seed " + seed);
    Random random = new Random(seed);
    try (ConsumeBench bench = new ConsumeBench(PARTITIONS)) {
      bench.send(0, 1_499);
      List<CappedConsumer> consumers = new ArrayList<>();
      for (int n = 0; n < 3; n++) {
        consumers.add(bench.start(limits(), 1, this::counted));
      }
      for (int turn = 1; turn <= 6; turn++) {
        int goal = turn * 150;
        await().atMost(LONG).until(() -> handled.size() >= goal);
        CappedConsumer moving = consumers.get(random.nextInt(consumers.size()));
        if (moving.isRunning()) {
          moving.stop();
        } else {
          moving.start();
        }
        if (consumers.stream().noneMatch(CappedConsumer::isRunning)) {
          moving.start();
        }
      }
      consumers.forEach(CappedConsumer::start);
      awaitCommitted(bench, 1_500);
      assertThat(handled).hasSize(1_500);
      assertThat(most.get()).isEqualTo(3);
    }
  }

  @Test
  void nothingIsLostOverRebalancesAndHardCloses() {
    long seed = System.nanoTime();
    System.out.println("nothingIsLostOverRebalancesAndHardCloses seed " + seed);
    Random random = new Random(seed);
    Set<String> finished = ConcurrentHashMap.newKeySet();
    ConsumeProperties hard = limits(100, 50, Duration.ZERO);
    TaskHandler handler =
        (message, permit) -> {
          int kind = Math.floorMod(message.offset() * 31 + handledTimes(message), 7);
          if (kind == 0) {
            throw new IllegalStateException("failed for once");
          }
          pause(random.nextInt(10));
          if (kind == 1) {
            return TaskResult.park(Duration.ofMillis(30));
          }
          finished.add(text(message));
          return TaskResult.finished();
        };
    try (ConsumeBench bench = new ConsumeBench(PARTITIONS)) {
      bench.send(0, 1_199);
      List<CappedConsumer> consumers = new ArrayList<>();
      for (int n = 0; n < 3; n++) {
        consumers.add(bench.start(hard, 2, handler));
      }
      for (int turn = 1; turn <= 5; turn++) {
        int goal = turn * 150;
        await().atMost(LONG).until(() -> finished.size() >= goal);
        CappedConsumer closed = consumers.get(random.nextInt(consumers.size()));
        closed.stop();
        for (int partition = 0; partition < PARTITIONS; partition++) {
          long committed = bench.committed(partition);
          for (long n = 0; n < committed; n++) {
            assertThat(finished).contains(Long.toString(n * PARTITIONS + partition));
          }
        }
        closed.start();
      }
      awaitCommitted(bench, 1_200);
      assertThat(finished).hasSize(1_200);
    }
  }

  @Test
  void callsOfARevokedPartitionSeeItAndTheirLateEndCommitsNothing() {
    CountDownLatch gate = new CountDownLatch(1);
    Map<Integer, Permit> permits = new ConcurrentHashMap<>();
    Queue<String> elsewhere = new ConcurrentLinkedQueue<>();
    try (ConsumeBench bench = new ConsumeBench(2)) {
      bench.send(0, 9);
      bench.start(
          limits(),
          1,
          (message, permit) -> {
            if (message.offset() > 0 && gate.getCount() > 0) {
              return TaskResult.park(Duration.ofMillis(20));
            }
            permits.putIfAbsent(message.partition(), permit);
            gate.await();
            return TaskResult.finished();
          });
      await().atMost(LONG).until(() -> permits.size() == 2);
      CountDownLatch second = new CountDownLatch(1);
      bench.start(
          limits(),
          1,
          (message, permit) -> {
            elsewhere.add(message.partition() + "-" + message.offset());
            second.await();
            return TaskResult.finished();
          });
      await().atMost(LONG).until(() -> !elsewhere.isEmpty());
      String taken = elsewhere.element();
      int moved = Integer.parseInt(taken.substring(0, 1));
      assertThat(taken).isEqualTo(moved + "-0");
      assertThat(permits.get(moved).draining()).isTrue();
      assertThat(permits.get(1 - moved).draining()).isFalse();

      gate.countDown();
      await().atMost(LONG).until(() -> bench.committed(1 - moved) == 5);
      assertThat(bench.committed(moved)).isZero();
      second.countDown();
      await().atMost(LONG).until(() -> bench.committed(moved) == 5);
    }
  }

  private TaskResult counted(ConsumerRecord<String, byte[]> message, Permit permit)
      throws InterruptedException {
    most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      pause(10);
      handledTimes(message);
      return TaskResult.finished();
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private int handledTimes(ConsumerRecord<String, byte[]> message) {
    return handled.computeIfAbsent(text(message), each -> new AtomicInteger()).incrementAndGet();
  }

  /** The call itself, which takes its time. */
  private static void pause(int millis) throws InterruptedException {
    assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
  }

  private static void awaitCommitted(ConsumeBench bench, long records) {
    await()
        .atMost(LONG)
        .until(() -> {
          long sum = 0;
          for (int partition = 0; partition < PARTITIONS; partition++) {
            sum += bench.committed(partition);
          }
          return sum == records;
        });
  }
}
