package io.kombine.worker.consume;

import static io.kombine.worker.consume.ConsumeBench.limits;
import static io.kombine.worker.consume.ConsumeBench.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.local.kafka.KafkaServer;
import io.kombine.local.process.Lifeline;
import io.kombine.local.process.Ports;
import io.kombine.local.process.StackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumerFaultsIT {

  private static final Duration LONG = Duration.ofSeconds(90);

  private final Set<String> finished = ConcurrentHashMap.newKeySet();

  @Test
  void consumerThreadThatDiedIsReplacedAndNothingIsLost() {
    Deadly.kills.set(false);
    try (ConsumeBench bench = new ConsumeBench(2)) {
      bench.set(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, Deadly.class.getName());
      bench.start(limits(), 2, this::finish);
      bench.send(0, 9);
      await().atMost(LONG).until(() -> finished.size() == 10);
      Deadly.kills.set(true);
      bench.send(10, 29);
      await().atMost(LONG).until(() -> finished.size() == 30);
      assertThat(Deadly.kills).as("it has died once").isFalse();
      await().atMost(LONG).until(() -> bench.committed(0) == 15 && bench.committed(1) == 15);
    }
  }

  @Test
  void brokerAwayForAWhileLosesNothing(@TempDir Path home) throws IOException {
    List<Integer> ports = Ports.free(2);
    KafkaServer server =
        new KafkaServer(ports.get(0), ports.get(1), home.resolve("kafka"), home.resolve("logs"));
    Path run = Files.createDirectories(home.resolve("run"));
    Lifeline.tie(run);
    StackProcess broker = new StackProcess(server, run);
    broker.start();
    try {
      broker.awaitReady();
      try (ConsumeBench bench = new ConsumeBench(2, server.bootstrapServers())) {
        bench.send(0, 199);
        bench.start(limits(150, 200, Duration.ofSeconds(1)), 1, this::finish);
        await().atMost(LONG).until(() -> finished.size() >= 40);
        broker.kill();
        int before = finished.size();
        await().atMost(LONG).until(() -> finished.size() >= before + 50);
        broker.start();
        broker.awaitReady();
        await().atMost(LONG).until(() -> bench.committed(0) == 100 && bench.committed(1) == 100);
        assertThat(finished).hasSize(200);
      }
    } finally {
      broker.kill();
    }
  }

  private TaskResult finish(ConsumerRecord<String, byte[]> message, Permit permit)
      throws InterruptedException {
    assertThat(new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS)).isFalse();
    finished.add(text(message));
    return TaskResult.finished();
  }

  /** Ends the thread that polls, once, with records in its hands. */
  public static final class Deadly implements ConsumerInterceptor<String, byte[]> {

    static final AtomicBoolean kills = new AtomicBoolean();

    @Override
    public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> records) {
      if (!records.isEmpty() && kills.compareAndSet(true, false)) {
        throw new AssertionError("the consumer thread dies");
      }
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> settings) {}
  }
}
