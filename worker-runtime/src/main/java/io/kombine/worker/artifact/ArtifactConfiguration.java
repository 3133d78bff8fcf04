package io.kombine.worker.artifact;

import java.io.IOException;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The artifact store and its image checks, for services to import; needs a {@link Clock} bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ArtifactProperties.class)
public class ArtifactConfiguration {

  @Bean
  ArtifactStore artifactStore(ArtifactProperties properties, Clock clock) throws IOException {
    return LocalDirectoryArtifactStore.open(
        properties.directory(), properties.maxSize().toBytes(), properties.leftoverAge(), clock);
  }

  @Bean
  ImageProbe imageProbe(ArtifactProperties properties) {
    return new ImageProbe(
        properties.maxPixels(), properties.maxConcurrentDecodes(), properties.decodeWait());
  }

  @Bean
  Thumbnails thumbnails(ImageProbe imageProbe) {
    return new Thumbnails(imageProbe);
  }

  @Bean
  ImageArtifacts imageArtifacts(
      ArtifactStore artifactStore, ImageProbe imageProbe, Thumbnails thumbnails) {
    return new ImageArtifacts(artifactStore, imageProbe, thumbnails);
  }
}
