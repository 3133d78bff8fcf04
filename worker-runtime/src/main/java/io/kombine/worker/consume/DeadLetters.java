package io.kombine.worker.consume;

import io.kombine.contracts.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;

/**
 * The dead-letter topic of one topic: records nobody could process, with their key, bytes and
 * headers as they were, and where they came from and why in headers of their own.
 */
final class DeadLetters {

  static final String REASON = "kombine-dlt-reason";
  static final String TOPIC = "kombine-dlt-topic";
  static final String PARTITION = "kombine-dlt-partition";
  static final String OFFSET = "kombine-dlt-offset";

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final int MAX_REASON_CHARS = 1_000;

  /** Behind the producer's own limit of two minutes for a delivery, which normally decides. */
  private static final long ACKNOWLEDGED_WITHIN_SECONDS = 180;

  private final KafkaOperations<String, byte[]> template;
  private final DeadLetterListener listener;
  private final Counter published;

  DeadLetters(
      String topic,
      KafkaOperations<String, byte[]> template,
      DeadLetterListener listener,
      MeterRegistry meters) {
    this.template = template;
    this.listener = listener;
    this.published =
        Counter.builder("kombine.dead.letters")
            .description("Records that nobody could process")
            .tag("topic", topic)
            .register(meters);
  }

  /**
   * Tells the listener and publishes; returns when both are acknowledged. After a crash in between
   * both happen again: a record may stand in the topic twice.
   */
  void publish(ConsumerRecord<String, byte[]> message, String reason)
      throws InterruptedException, ExecutionException, TimeoutException {
    String shortened = reason.substring(0, Math.min(reason.length(), MAX_REASON_CHARS));
    listener.onDeadLetter(message, shortened);
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(
            Topics.deadLetter(message.topic()),
            null,
            message.key(),
            message.value(),
            message.headers());
    header(letter, REASON, shortened);
    header(letter, TOPIC, message.topic());
    header(letter, PARTITION, Integer.toString(message.partition()));
    header(letter, OFFSET, Long.toString(message.offset()));
    template.send(letter).get(ACKNOWLEDGED_WITHIN_SECONDS, TimeUnit.SECONDS);
    published.increment();
    log.error(
        "{}-{}@{} went to {}: {}",
        message.topic(),
        message.partition(),
        message.offset(),
        letter.topic(),
        shortened);
  }

  private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
    letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
