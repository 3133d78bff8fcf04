package io.kombine.batch.money;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Ids;
import io.kombine.contracts.Money;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.Topics;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Workers of all stages in one thread, which bill a step once however often it is admitted, chain
 * granted children, and make outputs that follow from what was asked for alone.
 */
final class CountingWorkers implements AutoCloseable {

  /**
   * How a call ends.
   *
   * @param cost null where nothing is billed or nobody knows
   */
  record Outcome(StepState state, @Nullable BigDecimal cost) {
    static Outcome atPrice(RunStep step) {
      return new Outcome(StepState.SUCCEEDED, step.price().amount().amount());
    }
  }

  final Queue<RunStep> calls = new ConcurrentLinkedQueue<>();
  volatile Function<RunStep, Outcome> behaviour = Outcome::atPrice;
  volatile boolean answering = true;

  private final Map<String, StepEvent> known = new ConcurrentHashMap<>();
  private final List<RunStep> unanswered = new ArrayList<>();
  private final KafkaConsumer<String, byte[]> consumer;
  private final KafkaProducer<String, byte[]> producer;
  private final Thread thread;
  private volatile boolean running = true;

  CountingWorkers(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 2),
            new StringSerializer(),
            new ByteArraySerializer());
    List<TopicPartition> partitions =
        Stream.of(StepKind.AUDIO, StepKind.I2I, StepKind.I2V)
            .flatMap(kind -> consumer.partitionsFor(kind.topic()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    thread = Thread.ofPlatform().name("counting-workers").start(this::work);
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }

  private void work() {
    while (running) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(20))) {
        unanswered.add(ContractJson.mapper().readValue(record.value(), RunStep.class));
      }
      if (answering) {
        List<RunStep> now = List.copyOf(unanswered);
        unanswered.clear();
        now.forEach(this::run);
      }
    }
    consumer.close();
  }

  private void run(RunStep step) {
    String key = step.stepId() + "/" + (step.settledEpoch() + 1);
    StepEvent event = known.get(key);
    if (event == null) {
      calls.add(step);
      event = answer(step, behaviour.apply(step));
      known.put(key, event);
    }
    tell(event);
    if (event.state() == StepState.SUCCEEDED) {
      for (RunStep child : step.children()) {
        run(child.chained(event.outputs()));
      }
    }
  }

  private void tell(StepEvent event) {
    producer.send(
        new ProducerRecord<>(
            Topics.STEP_EVENTS,
            event.batchId().toString(),
            ContractJson.mapper().writeValueAsBytes(event)));
  }

  private static StepEvent answer(RunStep step, Outcome outcome) {
    List<StepOutput> outputs = new ArrayList<>();
    if (outcome.state() == StepState.SUCCEEDED) {
      for (int i = 0; i < step.outputCount(); i++) {
        outputs.add(new StepOutput(i, artifact(step, i)));
      }
    }
    BigDecimal cost = outcome.cost();
    return new StepEvent(
        StepEvent.VERSION,
        Ids.next(),
        step.batchId(),
        step.stepId(),
        step.kind(),
        step.groupIndex(),
        step.ordinal(),
        step.epoch(),
        step.attempt(),
        outcome.state(),
        Instant.now(),
        "counting",
        step.account(),
        outputs,
        cost == null ? null : new Money(cost, step.price().amount().currency()),
        outcome.state() == StepState.SUCCEEDED ? null : new StepProblem("input", "as told"),
        null,
        null);
  }

  private static ArtifactRef artifact(RunStep step, int index) {
    List<String> asked =
        List.of(
            step.model(),
            step.prompt(),
            Integer.toString(step.variation()),
            step.inputs().toString(),
            Integer.toString(index));
    return new ArtifactRef(sha256(asked.toString()), "image/jpeg", 3, 2, 2, null, null);
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  long callsOf(UUID batchId) {
    return calls.stream().filter(step -> step.batchId().equals(batchId)).count();
  }
}
