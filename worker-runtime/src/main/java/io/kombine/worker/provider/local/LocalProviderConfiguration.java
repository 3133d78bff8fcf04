package io.kombine.worker.provider.local;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What built-in providers need, for their workers to import; needs a {@link Clock} bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LocalProviderProperties.class)
public class LocalProviderConfiguration {

  @Bean
  LocalCalls localCalls(LocalProviderProperties properties, Clock clock) {
    return new LocalCalls(properties, clock);
  }
}
