package io.kombine.worker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.StepKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StagePropertiesTests {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Bound.class);

  @Test
  void unsetCapsAreTheDefaults() {
    context.run(started -> {
      StageProperties stages = started.getBean(StageProperties.class);
      assertThat(stages.of(StepKind.ANALYSIS)).isEqualTo(new StageCap(5, 1));
      assertThat(stages.of(StepKind.I2I)).isEqualTo(new StageCap(3, 1));
      assertThat(stages.of(StepKind.AUDIO)).isEqualTo(new StageCap(2, 1));
      assertThat(stages.of(StepKind.I2V)).isEqualTo(new StageCap(3, 1));
      assertThat(stages.ofUploads()).isEqualTo(new StageCap(4, 2));
      assertThat(stages.ofUploads().calls()).isEqualTo(8);
    });
  }

  @Test
  void whatIsNotSetOfAStageKeepsItsDefault() {
    context
        .withPropertyValues(
            "kombine.stages.i2v.permits-per-partition=4", "kombine.stages.uploads.partitions=9")
        .run(started -> {
          StageProperties stages = started.getBean(StageProperties.class);
          assertThat(stages.of(StepKind.I2V)).isEqualTo(new StageCap(3, 4));
          assertThat(stages.ofUploads()).isEqualTo(new StageCap(9, 2));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stages.i2i.partitions=0",
        "stages.audio.partitions=101",
        "stages.uploads.permits-per-partition=0",
        "topics.replication-factor=0",
        "topics.broker-wait=11m"
      })
  void valuesOutOfBoundsStopTheStart(String property) {
    context
        .withPropertyValues("kombine." + property)
        .run(stopped ->
            assertThat(stopped.getStartupFailure())
                .rootCause()
                .hasMessageMatching("(?s).*must be (greater|less|from).*"));
  }

  @EnableConfigurationProperties({StageProperties.class, TopicProperties.class})
  static class Bound {}
}
