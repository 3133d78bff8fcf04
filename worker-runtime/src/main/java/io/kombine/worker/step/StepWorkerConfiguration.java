package io.kombine.worker.step;

import io.kombine.worker.WorkerIdentity;
import io.kombine.worker.artifact.ArtifactConfiguration;
import io.kombine.worker.artifact.ArtifactStore;
import io.kombine.worker.artifact.ImageArtifacts;
import io.kombine.worker.claim.ClaimConfiguration;
import io.kombine.worker.claim.Claims;
import io.kombine.worker.consume.CappedConsumerFactory;
import io.kombine.worker.consume.ConsumeConfiguration;
import io.kombine.worker.limit.AccountLimits;
import io.kombine.worker.limit.LimitConfiguration;
import io.kombine.worker.provider.ProviderConfiguration;
import io.kombine.worker.provider.StepProviders;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaOperations;

/**
 * A worker of steps: everything but its providers, which the importing service brings as {@code
 * StepProvider} beans together with {@code WorkerIdentity} and {@code Clock}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({StepWorkerProperties.class, RetryProperties.class})
@Import({
  ArtifactConfiguration.class,
  ClaimConfiguration.class,
  ConsumeConfiguration.class,
  LimitConfiguration.class,
  ProviderConfiguration.class
})
public class StepWorkerConfiguration {

  private static final Duration CONTROL_START_LIMIT = Duration.ofMinutes(1);

  @Bean
  HeldBatches heldBatches() {
    return new HeldBatches();
  }

  @Bean
  StepReports stepReports(
      KafkaOperations<String, byte[]> kafka, WorkerIdentity worker, Clock clock) {
    return new StepReports(kafka, worker, clock);
  }

  @Bean
  RunningSteps runningSteps(StepReports reports) {
    return new RunningSteps(reports);
  }

  @Bean
  CallGuard callGuard() {
    return new CallGuard();
  }

  @Bean
  ControlReader controlReader(
      ConsumerFactory<?, ?> connection,
      KafkaOperations<String, byte[]> kafka,
      Claims claims,
      StepWorkerProperties properties,
      HeldBatches held,
      WorkerIdentity worker,
      Clock clock) {
    Map<String, Object> settings = new HashMap<>(connection.getConfigurationProperties());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return new ControlReader(
        () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
        kafka,
        claims,
        properties.kinds(),
        held,
        worker,
        clock,
        CONTROL_START_LIMIT);
  }

  /** One consumer a kind, each under its kind's cap. */
  @Bean
  StepConsumers stepConsumers(
      StepWorkerProperties properties,
      CappedConsumerFactory consumers,
      Claims claims,
      AccountLimits limits,
      StepProviders providers,
      ArtifactStore store,
      ImageArtifacts images,
      StepReports reports,
      RunningSteps running,
      CallGuard guard,
      RetryProperties retry,
      HeldBatches held,
      MeterRegistry meters,
      Clock clock) {
    OutputStore outputs = new OutputStore(store, images);
    OutcomeRule rule = new OutcomeRule(new RetryPauses(retry, RandomGenerator.getDefault()));
    StepMetrics metrics = new StepMetrics(meters);
    return new StepConsumers(
        properties.kinds().stream()
            .sorted()
            .map(kind ->
                consumers.forSteps(
                    kind,
                    new StepTaskHandler(
                        kind, claims, limits, providers, outputs, reports, running, guard, rule,
                        held, metrics, clock),
                    new LostStepListener(reports)))
            .toList());
  }
}
