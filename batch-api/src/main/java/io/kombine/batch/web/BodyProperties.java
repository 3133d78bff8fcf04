package io.kombine.batch.web;

import jakarta.validation.constraints.AssertTrue;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much a client may send at once, uploads apart.
 *
 * @param maxSize largest body that is no multipart upload; default 1 MiB, from 1 KiB to 64 MiB. A
 *     larger one gets 413 and is not read further
 */
@Validated
@ConfigurationProperties("kombine.body")
public record BodyProperties(@DefaultValue("1MB") DataSize maxSize) {

  @AssertTrue(message = "max-size must be from 1KB to 64MB")
  boolean isMaxSizeInBounds() {
    return maxSize.compareTo(DataSize.ofKilobytes(1)) >= 0
        && maxSize.compareTo(DataSize.ofMegabytes(64)) <= 0;
  }
}
