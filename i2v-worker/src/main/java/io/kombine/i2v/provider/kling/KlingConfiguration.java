package io.kombine.i2v.provider.kling;

import io.kombine.i2v.remote.SentOnce;
import io.kombine.i2v.remote.VideoFetch;
import io.kombine.i2v.video.ScratchFiles;
import io.kombine.worker.provider.StepProvider;
import java.io.IOException;
import java.net.http.HttpClient;
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
        .forEach((name, account) -> accounts.put(name, tasks(account, scratch, clock)));
    return new KlingVideoProvider(accounts);
  }

  private static KlingTasks tasks(KlingAccount account, ScratchFiles scratch, Clock clock) {
    HttpClient http = SentOnce.client(account.connectTimeout());
    VideoFetch videos =
        new VideoFetch(
            "Kling",
            account.baseUrl(),
            http,
            account.requestTimeout(),
            account.maxVideoSize(),
            scratch);
    return new KlingTasks(KlingClient.of(account, http, clock), account, videos, clock);
  }
}
