package io.kombine.i2v.provider.fal;

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
 * The provider {@code fal} of videos, where {@code kombine.providers.fal} names an account; needs a
 * {@link Clock} bean.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(FalAccountConfigured.class)
@EnableConfigurationProperties(FalProperties.class)
public class FalConfiguration {

  @Bean
  StepProvider falVideoProvider(FalProperties properties, Clock clock) throws IOException {
    ScratchFiles scratch = ScratchFiles.in(Path.of(System.getProperty("java.io.tmpdir")), clock);
    Map<String, FalQueue> accounts = new TreeMap<>();
    properties.fal().forEach((name, account) -> accounts.put(name, queue(account, scratch, clock)));
    return new FalVideoProvider(accounts);
  }

  private static FalQueue queue(FalAccount account, ScratchFiles scratch, Clock clock) {
    HttpClient http = SentOnce.client(account.connectTimeout());
    VideoFetch videos =
        new VideoFetch(
            "fal",
            account.baseUrl(),
            http,
            account.requestTimeout(),
            account.maxVideoSize(),
            scratch);
    return new FalQueue(FalClient.of(account, http), account, videos, clock);
  }
}
