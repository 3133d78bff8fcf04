package io.kombine.upload.drive.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.upload.drive.Drive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class UnknownKindConfigurationTests {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(UnknownKindConfiguration.class);

  @Test
  void kindThatNoDriveHasStopsTheStart() {
    runner
        .withPropertyValues("kombine.drive.kind=gogle")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessage("kombine.drive.kind must be local or google, not 'gogle'."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kombine.drive.kind=local", "kombine.drive.kind=google", "other=1"})
  void otherwiseItIsNotThere(String property) {
    runner
        .withPropertyValues(property)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Drive.class));
  }
}
