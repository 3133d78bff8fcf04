package io.kombine.worker.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates missing topics before any consumer starts, and stops the start where an existing one has
 * another number of partitions: caps, and which records come in order, depend on it. Settings of
 * existing topics are the operators' and stay as they are.
 */
final class TopicSetup implements SmartInitializingSingleton {

  private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private static final int REQUEST_TIMEOUT_MILLIS = 30_000;

  private final KafkaAdmin connection;
  private final List<NewTopic> topics;
  private final Duration brokerWait;

  TopicSetup(KafkaAdmin connection, List<NewTopic> topics, Duration brokerWait) {
    this.connection = connection;
    this.topics = topics;
    this.brokerWait = brokerWait;
  }

  @Override
  public void afterSingletonsInstantiated() {
    long deadline = System.nanoTime() + brokerWait.toNanos();
    Map<String, Object> settings = new HashMap<>(connection.getConfigurationProperties());
    // why: the client would give up after its own limit, before the broker has had its time
    settings.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(brokerWait.toMillis()));
    settings.put(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
        Math.toIntExact(Math.min(brokerWait.toMillis(), REQUEST_TIMEOUT_MILLIS)));
    try (Admin admin = Admin.create(settings)) {
      create(admin, existing(admin, deadline), deadline);
      compare(describe(admin, deadline));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while topics were created", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "Kafka did not create or describe the topics within %s (kombine.topics.broker-wait): %s"
              .formatted(
                  brokerWait, e.getCause() == null ? "no answer" : e.getCause().getMessage()),
          e);
    }
  }

  private static Set<String> existing(Admin admin, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    return admin.listTopics().names().get(left(deadline), TimeUnit.NANOSECONDS);
  }

  private void create(Admin admin, Set<String> existing, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<NewTopic> missing =
        topics.stream().filter(topic -> !existing.contains(topic.name())).toList();
    var creations = admin.createTopics(missing).values();
    for (var creation : creations.entrySet()) {
      try {
        creation.getValue().get(left(deadline), TimeUnit.NANOSECONDS);
        log.info("Created topic {}", creation.getKey());
      } catch (ExecutionException e) {
        // why: another service starts at the same time
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  /** why again and again: a broker may not know yet what another has just created */
  private Map<String, TopicDescription> describe(Admin admin, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> names = new HashSet<>();
    topics.forEach(topic -> names.add(topic.name()));
    while (!existing(admin, deadline).containsAll(names)) {
      if (left(deadline) == 0) {
        throw new TimeoutException("new topics did not appear");
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
    }
    return admin.describeTopics(names).allTopicNames().get(left(deadline), TimeUnit.NANOSECONDS);
  }

  private void compare(Map<String, TopicDescription> descriptions) {
    for (NewTopic topic : topics) {
      TopicDescription found = descriptions.get(topic.name());
      if (found != null && found.partitions().size() != topic.numPartitions()) {
        throw new IllegalStateException(
            "Topic %s has %d partitions, but %d are configured. Set kombine.stages.<stage>.partitions to what it has, alike for all services, or delete the topic once it holds nothing of worth"
                .formatted(topic.name(), found.partitions().size(), topic.numPartitions()));
      }
    }
  }

  private static long left(long deadline) {
    return Math.max(0, deadline - System.nanoTime());
  }
}
