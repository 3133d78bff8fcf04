package io.kombine.upload.drive.local;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The folder that is the drive.
 *
 * @param directory where the trees go; created at start where missing. No default. When it is gone
 *     later, deliveries wait until it is back
 * @param resumableFrom size from which an interrupted copy is continued instead of started anew;
 *     default 8 MiB, from 1 MiB to 1 GiB
 * @param leftoverAge age at which unfinished copies are removed at start; default 1 day, at least 1
 *     hour, so that no running copy is hit
 */
@Validated
@ConfigurationProperties("kombine.drive.local")
record LocalDriveProperties(
    @NotNull(message = "must name the folder that the trees go into") Path directory,
    @DefaultValue("8MB") DataSize resumableFrom,
    @DefaultValue("1d") Duration leftoverAge) {

  @AssertTrue(message = "resumable-from must be from 1MB to 1GB")
  boolean isResumableFromInBounds() {
    return resumableFrom.compareTo(DataSize.ofMegabytes(1)) >= 0
        && resumableFrom.compareTo(DataSize.ofGigabytes(1)) <= 0;
  }

  @AssertTrue(message = "leftover-age must be at least 1h")
  boolean isLeftoverAgeInBounds() {
    return leftoverAge.compareTo(Duration.ofHours(1)) >= 0;
  }
}
