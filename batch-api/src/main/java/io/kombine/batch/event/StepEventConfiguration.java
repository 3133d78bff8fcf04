package io.kombine.batch.event;

import io.kombine.contracts.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** The one container that reads {@code step.events}, and what happens when it cannot. */
@Configuration(proxyBeanMethods = false)
class StepEventConfiguration {

  @Bean
  ConcurrentMessageListenerContainer<byte[], byte[]> stepEvents(
      KafkaProperties kafka,
      StepEventProperties properties,
      StepEventListener listener,
      OffsetSeeking seeking) {
    Map<String, Object> consumer = new HashMap<>(kafka.buildConsumerProperties());
    consumer.put(ConsumerConfig.GROUP_ID_CONFIG, properties.group());
    consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.maxPoll());
    ContainerProperties container = new ContainerProperties(Topics.STEP_EVENTS);
    container.setMessageListener(listener);
    container.setConsumerRebalanceListener(seeking);
    container.setAckMode(ContainerProperties.AckMode.BATCH);
    ConcurrentMessageListenerContainer<byte[], byte[]> events =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(
                consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            container);
    events.setConcurrency(1);
    events.setCommonErrorHandler(new DefaultErrorHandler(backOff(properties)));
    return events;
  }

  @Bean
  EventDeadLetters eventDeadLetters(
      Producer<byte[], byte[]> deadLetterProducer, MeterRegistry meters) {
    return new EventDeadLetters(deadLetterProducer, meters);
  }

  @Bean(destroyMethod = "close")
  Producer<byte[], byte[]> deadLetterProducer(KafkaProperties kafka) {
    Map<String, Object> producer = new HashMap<>(kafka.buildProducerProperties());
    producer.put(ProducerConfig.ACKS_CONFIG, "all");
    producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    return new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static ExponentialBackOff backOff(StepEventProperties properties) {
    ExponentialBackOff backOff = new ExponentialBackOff(properties.firstRetry().toMillis(), 2);
    backOff.setMaxInterval(properties.lastRetry().toMillis());
    return backOff;
  }
}
