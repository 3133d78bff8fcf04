package io.kombine.worker.artifact;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where artifacts are kept and how much of them is taken.
 *
 * @param directory directory of the local store, shared by all services; created where missing. No
 *     default: services must agree on it
 * @param maxSize largest artifact; default 512 MiB, from 1 MiB to 16 GiB. Larger ones are refused
 *     and nothing of them is kept
 * @param leftoverAge age at which unfinished files are removed at start; default 1 day, at least 1
 *     hour, so that no running write is hit
 * @param maxPixels largest image, width × height; default 50 million, from 1 million to 200
 *     million. Larger ones are refused before decoding
 * @param maxConcurrentDecodes images decoded at once; default 2, from 1 to 64. Further callers wait
 * @param decodeWait how long a caller waits for a decoder; default 30 s, from 1 s to 10 min. Then
 *     the caller's work fails and may be tried again
 */
@Validated
@ConfigurationProperties("kombine.artifacts")
public record ArtifactProperties(
    @NotNull(message = "must name the directory that all services share") Path directory,
    @DefaultValue("512MB") DataSize maxSize,
    @DefaultValue("1d") Duration leftoverAge,
    @DefaultValue("50000000") @Min(1_000_000) @Max(200_000_000) long maxPixels,
    @DefaultValue("2") @Min(1) @Max(64) int maxConcurrentDecodes,
    @DefaultValue("30s") Duration decodeWait) {

  @AssertTrue(message = "max-size must be from 1MB to 16GB")
  boolean isMaxSizeInBounds() {
    return maxSize.compareTo(DataSize.ofMegabytes(1)) >= 0
        && maxSize.compareTo(DataSize.ofGigabytes(16)) <= 0;
  }

  @AssertTrue(message = "leftover-age must be at least 1h")
  boolean isLeftoverAgeInBounds() {
    return leftoverAge.compareTo(Duration.ofHours(1)) >= 0;
  }

  @AssertTrue(message = "decode-wait must be from 1s to 10m")
  boolean isDecodeWaitInBounds() {
    return decodeWait.compareTo(Duration.ofSeconds(1)) >= 0
        && decodeWait.compareTo(Duration.ofMinutes(10)) <= 0;
  }
}
