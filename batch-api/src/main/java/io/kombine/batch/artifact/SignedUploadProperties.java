package io.kombine.batch.artifact;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Addresses that take one file without a key.
 *
 * @param validity how long an address works; default 15 min, from 1 min to 24 h
 * @param maxSize largest file; default 50 MiB, from 1 KiB to 512 MiB. A larger one gets 413 and
 *     nothing of it is kept
 */
@Validated
@ConfigurationProperties("kombine.signed-uploads")
record SignedUploadProperties(
    @DefaultValue("15m") Duration validity, @DefaultValue("50MB") DataSize maxSize) {

  @AssertTrue(message = "validity must be from 1m to 24h")
  boolean isValidityInBounds() {
    return validity.compareTo(Duration.ofMinutes(1)) >= 0
        && validity.compareTo(Duration.ofHours(24)) <= 0;
  }

  @AssertTrue(message = "max-size must be from 1KB to 512MB")
  boolean isMaxSizeInBounds() {
    return maxSize.compareTo(DataSize.ofKilobytes(1)) >= 0
        && maxSize.compareTo(DataSize.ofMegabytes(512)) <= 0;
  }
}
