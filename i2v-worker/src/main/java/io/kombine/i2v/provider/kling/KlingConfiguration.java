package io.kombine.i2v.provider.kling;

import io.kombine.i2v.video.ScratchFiles;
import io.kombine.worker.provider.StepProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * The provider {@code kling} of videos, where {@code kombine.providers.kling} names an account;
 * needs a {@link Clock} bean.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(KlingAccountConfigured.class)
@EnableConfigurationProperties(KlingProperties.class)
public class KlingConfiguration {

  @Bean
  StepProvider klingVideoProvider(KlingProperties properties, Clock clock) throws IOException {
    ScratchFiles scratch = ScratchFiles.in(Path.of(System.getProperty("java.io.tmpdir")), clock);
    Map<String, KlingTasks> accounts = new TreeMap<>();
    properties
        .kling()
        .forEach((name, account) ->
            accounts.put(
                name, new KlingTasks(KlingClient.of(account, clock), account, scratch, clock)));
    return new KlingVideoProvider(accounts);
  }
}
