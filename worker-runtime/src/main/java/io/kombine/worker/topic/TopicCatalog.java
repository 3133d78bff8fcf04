package io.kombine.worker.topic;

import io.kombine.contracts.StepKind;
import io.kombine.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** All topics as they should be: architecture §7. */
final class TopicCatalog {

  private static final int EVENT_PARTITIONS = 6;
  private static final int REQUEST_PARTITIONS = 3;
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final String UNLIMITED = "-1";

  private TopicCatalog() {}

  /** Each topic and its dead-letter topic. */
  static List<NewTopic> topics(StageProperties stages, int replicationFactor) {
    List<NewTopic> topics = new ArrayList<>();
    short replicas = (short) replicationFactor;
    for (StepKind kind : StepKind.values()) {
      topics.add(kept(kind.topic(), stages.of(kind).partitions(), replicas));
    }
    topics.add(kept(Topics.DELIVERIES, stages.ofUploads().partitions(), replicas));
    topics.add(expiring(Topics.STEP_EVENTS, EVENT_PARTITIONS, replicas));
    topics.add(
        new NewTopic(Topics.BATCH_CONTROL, 1, replicas)
            .configs(
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
    topics.add(expiring(Topics.GENERATION_REQUESTS, REQUEST_PARTITIONS, replicas));
    topics.add(expiring(Topics.GENERATION_REPLIES, REQUEST_PARTITIONS, replicas));
    for (NewTopic topic : List.copyOf(topics)) {
      topics.add(kept(Topics.deadLetter(topic.name()), 1, replicas));
    }
    return topics;
  }

  private static NewTopic kept(String name, int partitions, short replicas) {
    return deleting(name, partitions, replicas, UNLIMITED);
  }

  private static NewTopic expiring(String name, int partitions, short replicas) {
    return deleting(name, partitions, replicas, Long.toString(RETENTION.toMillis()));
  }

  private static NewTopic deleting(String name, int partitions, short replicas, String millis) {
    return new NewTopic(name, partitions, replicas)
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, millis,
                TopicConfig.RETENTION_BYTES_CONFIG, UNLIMITED));
  }
}
