package io.kombine.i2v.provider.local;

import io.kombine.i2v.video.ScratchFiles;
import io.kombine.worker.artifact.ImageProbe;
import io.kombine.worker.provider.StepProvider;
import io.kombine.worker.provider.local.LocalCalls;
import io.kombine.worker.provider.local.LocalProviderConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The provider {@code local} of videos, with its scratch files in the system's directory for
 * temporary files; needs a {@link Clock} and an {@link ImageProbe} bean.
 */
@Configuration(proxyBeanMethods = false)
@Import(LocalProviderConfiguration.class)
public class LocalVideoConfiguration {

  @Bean
  StepProvider localVideoProvider(LocalCalls calls, ImageProbe probe, Clock clock)
      throws IOException {
    return new LocalVideoProvider(
        calls, probe, ScratchFiles.in(Path.of(System.getProperty("java.io.tmpdir")), clock));
  }
}
