package io.kombine.batch.door.kafka;

import io.kombine.contracts.Topics;
import io.kombine.worker.consume.CappedConsumer;
import io.kombine.worker.consume.CappedConsumerFactory;
import io.kombine.worker.consume.CappedTopic;
import io.kombine.worker.consume.ConsumeConfiguration;
import io.kombine.worker.consume.DeadLetterListener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the producers' topics and publishes the replies. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(
    prefix = "kombine.kafka-door",
    name = "enabled",
    matchIfMissing = true)
@Import(ConsumeConfiguration.class)
class KafkaDoorConfiguration {

  /** Topics of producers' own that do not exist get the broker's number of partitions. */
  @Bean
  NewTopics producerTopics(Producers producers) {
    List<NewTopic> topics = new ArrayList<>();
    for (String topic : producers.topics()) {
      if (!topic.equals(Topics.GENERATION_REQUESTS)) {
        topics.add(TopicBuilder.name(topic).build());
        topics.add(TopicBuilder.name(Topics.deadLetter(topic)).build());
      }
    }
    return new NewTopics(topics.toArray(NewTopic[]::new));
  }

  @Bean
  RequestConsumers requestConsumers(
      CappedConsumerFactory factory,
      Producers producers,
      RequestHandler handler,
      KafkaDoorProperties properties) {
    List<CappedConsumer> consumers = new ArrayList<>();
    for (String topic : producers.topics().stream().sorted().toList()) {
      String stage = "requests" + (consumers.isEmpty() ? "" : "-" + consumers.size());
      consumers.add(
          factory.create(
              new CappedTopic(
                  stage, topic, group(topic, properties), properties.permitsPerPartition(), false),
              handler,
              DeadLetterListener.none()));
    }
    return new RequestConsumers(consumers);
  }

  /** why one for each topic: a consumer that comes or goes moves no other topic's partitions */
  private static String group(String topic, KafkaDoorProperties properties) {
    return topic.equals(Topics.GENERATION_REQUESTS)
        ? properties.group()
        : properties.group() + "." + topic;
  }

  @Bean
  ReplyPublisher replyPublisher(
      ReplyRows rows,
      KafkaOperations<String, byte[]> kafka,
      PlatformTransactionManager transactions,
      Clock clock,
      KafkaDoorProperties properties) {
    return new ReplyPublisher(
        rows, kafka, new TransactionTemplate(transactions), clock, properties.publishBatch());
  }
}
