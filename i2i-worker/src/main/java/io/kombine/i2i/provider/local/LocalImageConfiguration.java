package io.kombine.i2i.provider.local;

import io.kombine.worker.artifact.ImageProbe;
import io.kombine.worker.provider.StepProvider;
import io.kombine.worker.provider.local.LocalCalls;
import io.kombine.worker.provider.local.LocalProviderConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The provider {@code local} of images; needs a {@code Clock} and an {@link ImageProbe} bean. */
@Configuration(proxyBeanMethods = false)
@Import(LocalProviderConfiguration.class)
public class LocalImageConfiguration {

  @Bean
  StepProvider localImageProvider(LocalCalls calls, ImageProbe probe) {
    return new LocalImageProvider(calls, probe);
  }
}
