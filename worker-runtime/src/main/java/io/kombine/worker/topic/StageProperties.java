package io.kombine.worker.topic;

import io.kombine.contracts.StepKind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The caps of all stages, to be set alike for all services. At its cap a stage's records wait.
 *
 * @param analysis default 5 partitions × 1 permit
 * @param i2i default 3 × 1
 * @param audio default 2 × 1
 * @param i2v default 3 × 1
 * @param uploads files delivered, default 4 × 2
 */
@Validated
@ConfigurationProperties("kombine.stages")
public record StageProperties(
    @Valid @DefaultValue Limits analysis,
    @Valid @DefaultValue Limits i2i,
    @Valid @DefaultValue Limits audio,
    @Valid @DefaultValue Limits i2v,
    @Valid @DefaultValue Limits uploads) {

  /** The stage of deliveries, beside those of the step kinds. */
  public static final String UPLOADS = "uploads";

  /** The cap of a kind of steps. */
  public StageCap of(StepKind kind) {
    return switch (kind) {
      case ANALYSIS -> analysis.or(5, 1);
      case I2I -> i2i.or(3, 1);
      case AUDIO -> audio.or(2, 1);
      case I2V -> i2v.or(3, 1);
    };
  }

  /** The cap of deliveries. */
  public StageCap ofUploads() {
    return uploads.or(4, 2);
  }

  /**
   * What is set of one stage; what is not has the stage's default.
   *
   * @param partitions of the stage's topic, from 1 to 100. A topic that exists with another number
   *     stops the start
   * @param permitsPerPartition from 1 to 100
   */
  public record Limits(
      @Nullable @Min(1) @Max(100) Integer partitions,
      @Nullable @Min(1) @Max(100) Integer permitsPerPartition) {

    private StageCap or(int defaultPartitions, int defaultPermits) {
      return new StageCap(
          partitions == null ? defaultPartitions : partitions,
          permitsPerPartition == null ? defaultPermits : permitsPerPartition);
    }
  }
}
