package io.kombine.audio.provider.local;

import io.kombine.worker.provider.StepProvider;
import io.kombine.worker.provider.local.LocalCalls;
import io.kombine.worker.provider.local.LocalProviderConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The provider {@code local} of speech; needs a {@code Clock} bean. */
@Configuration(proxyBeanMethods = false)
@Import(LocalProviderConfiguration.class)
@EnableConfigurationProperties(EspeakProperties.class)
public class LocalSpeechConfiguration {

  @Bean
  StepProvider localSpeechProvider(LocalCalls calls, EspeakProperties properties) {
    return new LocalSpeechProvider(calls, new Espeak(properties.program()));
  }
}
