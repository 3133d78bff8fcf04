package io.kombine.worker.consume;

import io.kombine.worker.topic.StageProperties;
import io.kombine.worker.topic.TopicConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/**
 * The factory of capped consumers and the template that publishes messages, for services to import.
 * Needs a {@link Clock} bean and Spring Boot's beans of Kafka.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsumeProperties.class)
@Import(TopicConfiguration.class)
public class ConsumeConfiguration {

  /**
   * Publishes {@link ContractRecords}: acknowledged by all replicas in sync, in order and without
   * duplicates by retries.
   */
  @Bean
  @SuppressWarnings("unchecked") // why: both serializers are replaced
  KafkaTemplate<String, byte[]> contractTemplate(ProducerFactory<?, ?> connection) {
    return new KafkaTemplate<>(
        (ProducerFactory<String, byte[]>) connection,
        Map.of(
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            StringSerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true));
  }

  @Bean
  CappedConsumerFactory cappedConsumerFactory(
      ConsumerFactory<?, ?> connection,
      KafkaOperations<String, byte[]> template,
      KafkaAdmin admin,
      StageProperties stages,
      ConsumeProperties properties,
      MeterRegistry meters,
      Clock clock) {
    return new CappedConsumerFactory(
        connection, template, admin, stages, properties, meters, clock);
  }
}
