package io.kombine.worker.consume;

import io.kombine.contracts.StepKind;
import io.kombine.contracts.Topics;
import io.kombine.worker.topic.StageProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/**
 * Makes the consumers of a process, each of which becomes a bean of its service. Connections,
 * security and further client settings are Spring's ({@code spring.kafka.*}).
 */
public final class CappedConsumerFactory {

  private static final String GROUP_PREFIX = "kombine-";

  /** How often finished offsets are committed and pauses looked at where no records arrive. */
  private static final Duration TENDING = Duration.ofMillis(100);

  private static final Duration AUTHENTICATION_RETRY = Duration.ofSeconds(10);
  private static final int MAX_POLL_RECORDS = 500;

  private final Map<String, Object> connection;
  private final KafkaOperations<String, byte[]> template;
  private final KafkaAdmin admin;
  private final StageProperties stages;
  private final ConsumeProperties properties;
  private final MeterRegistry meters;
  private final Clock clock;

  CappedConsumerFactory(
      ConsumerFactory<?, ?> connection,
      KafkaOperations<String, byte[]> template,
      KafkaAdmin admin,
      StageProperties stages,
      ConsumeProperties properties,
      MeterRegistry meters,
      Clock clock) {
    this.connection = connection.getConfigurationProperties();
    this.template = template;
    this.admin = admin;
    this.stages = stages;
    this.properties = properties;
    this.meters = meters;
    this.clock = clock;
  }

  /** The consumer of a kind's steps, under that kind's cap. */
  public CappedConsumer forSteps(
      StepKind kind, TaskHandler handler, DeadLetterListener deadLetters) {
    String stage = kind.wireName();
    return create(
        new CappedTopic(
            stage, kind.topic(), GROUP_PREFIX + stage, stages.of(kind).permitsPerPartition()),
        handler,
        deadLetters);
  }

  /** The consumer of files to deliver, under the cap of uploads. */
  public CappedConsumer forDeliveries(TaskHandler handler, DeadLetterListener deadLetters) {
    String stage = StageProperties.UPLOADS;
    return create(
        new CappedTopic(
            stage,
            Topics.DELIVERIES,
            GROUP_PREFIX + stage,
            stages.ofUploads().permitsPerPartition()),
        handler,
        deadLetters);
  }

  /**
   * The consumer of any topic. Where the group alone reads it, its log is deleted below the
   * committed offsets.
   */
  public CappedConsumer create(
      CappedTopic topic, TaskHandler handler, DeadLetterListener deadLetters) {
    DeadLetters letters = new DeadLetters(topic.topic(), template, deadLetters, meters);
    return new CappedConsumer(topic.stage(), () -> consumption(topic, handler, letters));
  }

  private Consumption consumption(CappedTopic topic, TaskHandler handler, DeadLetters letters) {
    String stage = topic.stage();
    PermitPool pool = new PermitPool();
    PartitionIntake intake = new PartitionIntake(topic, pool, properties);
    return new Consumption(
        stage,
        pool,
        intake,
        container(topic, intake),
        new TaskRunner(stage, pool, topic.ours() ? keyed(handler) : handler, letters, properties),
        new ConsumerMetrics(stage, pool, intake, meters, clock),
        new LogTruncation(admin.getConfigurationProperties(), intake, topic, properties),
        properties.drainTimeout());
  }

  /** What Kombine writes itself always has both. */
  private static TaskHandler keyed(TaskHandler handler) {
    return (message, permit) -> {
      if (message.key() == null || message.value() == null) {
        throw new IllegalRecordException("a record needs a key and a value");
      }
      return handler.handle(message, permit);
    };
  }

  private KafkaMessageListenerContainer<String, byte[]> container(
      CappedTopic topic, PartitionIntake intake) {
    ContainerProperties container = new ContainerProperties(topic.topic());
    container.setGroupId(topic.group());
    container.setMessageListener(intake);
    container.setConsumerRebalanceListener(intake);
    container.setAckMode(ContainerProperties.AckMode.MANUAL);
    container.setAssignmentCommitOption(ContainerProperties.AssignmentCommitOption.NEVER);
    container.setPollTimeout(TENDING.toMillis());
    container.setIdleEventInterval(TENDING.toMillis());
    container.setIdleBeforeDataMultiplier(1);
    container.setMissingTopicsFatal(false);
    container.setAuthExceptionRetryInterval(AUTHENTICATION_RETRY);
    KafkaMessageListenerContainer<String, byte[]> listening =
        new KafkaMessageListenerContainer<>(consumers(), container);
    listening.setBeanName("kombine-" + topic.stage());
    listening.setCommonErrorHandler(new PollRedelivery());
    return listening;
  }

  private ConsumerFactory<String, byte[]> consumers() {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return new DefaultKafkaConsumerFactory<>(
        settings, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
