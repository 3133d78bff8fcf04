package io.kombine.batch.event;

import io.kombine.worker.WorkerIdentity;
import io.kombine.worker.artifact.ArtifactConfiguration;
import io.kombine.worker.topic.TopicConfiguration;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/**
 * What settles batches, without the doors and without admission. No stereotype, so that no scan of
 * the application finds it.
 */
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackages = "io.kombine.batch.model")
@ComponentScan(
    basePackages = {
      "io.kombine.batch.model",
      "io.kombine.batch.step",
      "io.kombine.batch.delivery",
      "io.kombine.batch.event",
      "io.kombine.batch.control",
      "io.kombine.batch.manifest",
      "io.kombine.batch.status",
      "io.kombine.batch.eta",
      "io.kombine.batch.access",
      "io.kombine.batch.account",
      "io.kombine.batch.pricing",
      "io.kombine.batch.problem"
    },
    excludeFilters =
        @Filter(
            type = FilterType.REGEX,
            pattern = "io\\.kombine\\.batch\\.(control|account|pricing)\\.web\\..*"))
@ConfigurationPropertiesScan({
  "io.kombine.batch.model",
  "io.kombine.batch.event",
  "io.kombine.batch.eta",
  "io.kombine.batch.pricing",
  "io.kombine.batch.access"
})
@Import({ArtifactConfiguration.class, TopicConfiguration.class})
public class SettlementTestConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  WorkerIdentity workerIdentity() {
    return WorkerIdentity.of("batch-api");
  }
}
