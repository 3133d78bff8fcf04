package io.kombine.i2i.provider.gemini;

import io.kombine.worker.artifact.ImageProbe;
import io.kombine.worker.provider.StepProvider;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * The provider {@code gemini} of images and analyses, where {@code kombine.providers.gemini} names
 * an account; needs a {@link Clock} and an {@link ImageProbe} bean.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(GeminiAccountConfigured.class)
@EnableConfigurationProperties(GeminiProperties.class)
public class GeminiConfiguration {

  @Bean(destroyMethod = "close")
  GeminiClients geminiClients(GeminiProperties properties) {
    return new GeminiClients(properties.gemini());
  }

  @Bean
  StepProvider geminiProvider(GeminiClients clients, ImageProbe probe, Clock clock) {
    return new GeminiProvider(clients, new GeminiErrors(clock), new AskedFormat(probe));
  }
}
