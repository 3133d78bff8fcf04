package io.kombine.worker.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ArtifactConfigurationTests {

  @TempDir Path directory;

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withBean(Clock.class, Clock::systemUTC)
          .withUserConfiguration(ArtifactConfiguration.class);

  @Test
  void directoryAloneIsEnough() {
    context
        .withPropertyValues("kombine.artifacts.directory=" + directory)
        .run(started -> {
          assertThat(started).hasSingleBean(ArtifactStore.class);
          assertThat(started).hasSingleBean(ImageArtifacts.class);
          ArtifactProperties properties = started.getBean(ArtifactProperties.class);
          assertThat(properties.maxSize().toMegabytes()).isEqualTo(512);
          assertThat(properties.maxPixels()).isEqualTo(50_000_000);
        });
  }

  @Test
  void missingDirectoryStopsTheStart() {
    context.run(stopped ->
        assertThat(stopped.getStartupFailure())
            .rootCause()
            .hasMessageContaining("must name the directory that all services share"));
  }

  @ParameterizedTest
  @CsvSource({
    "max-size=17GB, max-size must be from 1MB to 16GB",
    "leftover-age=59m, leftover-age must be at least 1h",
    "decode-wait=0s, decode-wait must be from 1s to 10m",
    "max-concurrent-decodes=0, must be greater than or equal to 1",
    "max-pixels=10, must be greater than or equal to 1000000"
  })
  void valuesOutOfBoundsStopTheStart(String property, String message) {
    context
        .withPropertyValues(
            "kombine.artifacts.directory=" + directory, "kombine.artifacts." + property)
        .run(stopped ->
            assertThat(stopped.getStartupFailure()).rootCause().hasMessageContaining(message));
  }
}
