package io.kombine.upload.drive.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.upload.drive.Drive;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LocalDriveConfigurationTests {

  @TempDir Path directory;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withBean(Clock.class, Clock::systemUTC)
          .withUserConfiguration(LocalDriveConfiguration.class);

  @Test
  void directoryIsAllThatIsNeeded() {
    runner
        .withPropertyValues("kombine.drive.local.directory=" + directory.resolve("new/drive"))
        .run(context -> {
          assertThat(context).hasSingleBean(Drive.class);
          assertThat(directory.resolve("new/drive")).isDirectory();
        });
  }

  @Test
  void anotherKindOfDriveTakesItsPlace() {
    runner
        .withPropertyValues("kombine.drive.kind=google")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Drive.class));
  }

  @Test
  void missingDirectoryStopsTheStart() {
    runner.run(context ->
        assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining("must name the folder that the trees go into"));
  }

  @ParameterizedTest
  @CsvSource({
    "resumable-from,1023KB",
    "resumable-from,1025MB",
    "leftover-age,59m",
  })
  void valuesOutOfBoundsStopTheStart(String name, String value) {
    runner
        .withPropertyValues(
            "kombine.drive.local.directory=" + directory,
            "kombine.drive.local." + name + "=" + value)
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining(name + " must be"));
  }
}
