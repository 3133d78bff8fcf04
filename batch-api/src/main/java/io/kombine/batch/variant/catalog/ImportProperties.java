package io.kombine.batch.variant.catalog;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much one import may hold.
 *
 * @param maxSize of the file; default 64 MiB, from 1 KiB to 512 MiB. A larger one gets 413
 * @param maxProducts of the file; default 100,000, from 1 to 1,000,000. A file with more is refused
 *     as a whole
 * @param atOnce imports that run at once; default 2, from 1 to 10. Another one gets 503
 */
@Validated
@ConfigurationProperties("kombine.catalog-import")
record ImportProperties(
    @DefaultValue("64MB") DataSize maxSize,
    @DefaultValue("100000") @Min(1) @Max(1_000_000) int maxProducts,
    @DefaultValue("2") @Min(1) @Max(10) int atOnce) {

  @AssertTrue(message = "max-size must be from 1KB to 512MB")
  boolean isMaxSizeInBounds() {
    return maxSize.compareTo(DataSize.ofKilobytes(1)) >= 0
        && maxSize.compareTo(DataSize.ofMegabytes(512)) <= 0;
  }
}
