package io.kombine.worker.topic;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates all topics at start, for every service to import. Needs Spring Boot's {@link KafkaAdmin}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({StageProperties.class, TopicProperties.class})
public class TopicConfiguration {

  @Bean
  TopicSetup topicSetup(KafkaAdmin connection, StageProperties stages, TopicProperties properties) {
    return new TopicSetup(
        connection,
        TopicCatalog.topics(stages, properties.replicationFactor()),
        properties.brokerWait());
  }
}
