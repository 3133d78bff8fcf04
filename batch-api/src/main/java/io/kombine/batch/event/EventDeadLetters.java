package io.kombine.batch.event;

import io.kombine.contracts.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/**
 * Where records go that can never be applied: as they came, with where they were and why in
 * headers. Blocks until the broker has them, since their offsets are passed over next.
 */
class EventDeadLetters {

  private static final Logger log = LoggerFactory.getLogger(EventDeadLetters.class);
  private static final long TIMEOUT_SECONDS = 30;
  private static final int MAX_REASON = 1_000;

  private final Producer<byte[], byte[]> producer;
  private final Counter counter;

  EventDeadLetters(Producer<byte[], byte[]> producer, MeterRegistry meters) {
    this.producer = producer;
    this.counter =
        Counter.builder("kombine.events.dead.letters")
            .description("Status events that could not be applied")
            .register(meters);
  }

  /**
   * Whether a failure is the record's own and comes again however often it is tried. The database's
   * being away, a deadlock or a statement it cannot understand are not.
   */
  static boolean isPoison(RuntimeException failure) {
    if (failure instanceof DataIntegrityViolationException) {
      return true;
    }
    return !(failure instanceof DataAccessException)
        && !(failure instanceof TransactionException)
        && !(failure instanceof KafkaException)
        && !(failure instanceof org.springframework.kafka.KafkaException);
  }

  void send(ConsumerRecord<byte[], byte[]> record, Exception why) {
    String reason = String.valueOf(why.getMessage());
    log.error(
        "Record {} of {}-{} cannot be applied and goes to the dead letters: {}",
        record.offset(),
        record.topic(),
        record.partition(),
        reason);
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            Topics.deadLetter(record.topic()),
            null,
            record.key(),
            record.value(),
            record.headers());
    Headers headers = letter.headers();
    header(headers, "kombine-reason", reason.substring(0, Math.min(MAX_REASON, reason.length())));
    header(headers, "kombine-topic", record.topic());
    header(headers, "kombine-partition", Integer.toString(record.partition()));
    header(headers, "kombine-offset", Long.toString(record.offset()));
    try {
      producer.send(letter).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("The dead letter of " + record.topic() + " cannot be written", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while a dead letter was written", e);
    }
    counter.increment();
  }

  private static void header(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
