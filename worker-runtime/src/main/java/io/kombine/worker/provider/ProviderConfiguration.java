package io.kombine.worker.provider;

import io.kombine.worker.WorkerIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Collects all {@link StepProvider} beans. Needs a {@link WorkerIdentity} and a {@link Clock} bean.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProviderJournalProperties.class)
public class ProviderConfiguration {

  @Bean
  @ConditionalOnProperty("kombine.provider-journal.directory")
  ProviderJournal providerJournal(
      ProviderJournalProperties properties, WorkerIdentity worker, Clock clock) {
    Path directory = properties.directory();
    if (directory == null) {
      throw new IllegalArgumentException(
          "kombine.provider-journal.directory must name a directory");
    }
    return ProviderJournal.in(directory, worker, clock);
  }

  @Bean
  StepProviders stepProviders(
      List<StepProvider> providers,
      org.springframework.beans.factory.ObjectProvider<ProviderJournal> journal) {
    ProviderJournal kept = journal.getIfAvailable();
    return new StepProviders(
        kept == null
            ? providers
            : providers.stream().map(each -> new JournaledStepProvider(each, kept)).toList());
  }
}
