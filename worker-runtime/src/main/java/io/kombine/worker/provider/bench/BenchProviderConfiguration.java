package io.kombine.worker.provider.bench;

import io.kombine.worker.provider.StepProvider;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The providers {@code null} and {@code sleep}, where {@code kombine.bench-providers.enabled}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("kombine.bench-providers.enabled")
@EnableConfigurationProperties(BenchProviderProperties.class)
public class BenchProviderConfiguration {

  @Bean
  StepProvider nullProvider(BenchProviderProperties properties) {
    return new SleepStepProvider("null", Duration.ZERO, Duration.ZERO, properties.hardTimeout());
  }

  @Bean
  StepProvider sleepProvider(BenchProviderProperties properties) {
    return new SleepStepProvider(
        "sleep", properties.sleep(), properties.slowSleep(), properties.hardTimeout());
  }
}
