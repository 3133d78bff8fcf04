package io.kombine.i2i.provider.openai;

import io.kombine.worker.provider.StepProvider;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * The provider {@code openai} of images, where {@code kombine.providers.openai} names an account;
 * needs a {@link Clock} bean.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OpenAiAccountConfigured.class)
@EnableConfigurationProperties(OpenAiProperties.class)
public class OpenAiConfiguration {

  @Bean(destroyMethod = "close")
  OpenAiClients openAiClients(OpenAiProperties properties) {
    return new OpenAiClients(properties.openai());
  }

  @Bean
  StepProvider openAiImageProvider(OpenAiClients clients, Clock clock) {
    return new OpenAiImageProvider(clients, new OpenAiErrors(clock));
  }
}
