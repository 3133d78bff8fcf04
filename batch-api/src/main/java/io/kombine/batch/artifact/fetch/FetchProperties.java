package io.kombine.batch.artifact.fetch;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How source images are fetched.
 *
 * @param allowedPrivateHosts host names or address literals that may resolve to private addresses;
 *     none by default. Everything else private is refused
 * @param maxSize largest image; default 50 MiB, from 1 MiB to 1 GiB. A longer answer is cut off and
 *     refused
 * @param timeout for one image with all its redirects; default 20 s, from 1 s to 5 min. Then the
 *     source counts as unreachable
 * @param maxConcurrent fetches at once in this process; default 16, from 1 to 256. Further ones
 *     wait, and count as unreachable when their time runs out in the queue
 */
@Validated
@ConfigurationProperties("kombine.fetch")
public record FetchProperties(
    @DefaultValue Set<String> allowedPrivateHosts,
    @DefaultValue("50MB") DataSize maxSize,
    @DefaultValue("20s") Duration timeout,
    @DefaultValue("16") @Min(1) @Max(256) int maxConcurrent) {

  @AssertTrue(message = "max-size must be from 1MB to 1GB")
  boolean isMaxSizeInBounds() {
    return maxSize.compareTo(DataSize.ofMegabytes(1)) >= 0
        && maxSize.compareTo(DataSize.ofGigabytes(1)) <= 0;
  }

  @AssertTrue(message = "timeout must be from 1s to 5m")
  boolean isTimeoutInBounds() {
    return timeout.compareTo(Duration.ofSeconds(1)) >= 0
        && timeout.compareTo(Duration.ofMinutes(5)) <= 0;
  }
}
