package io.kombine.i2v.provider.fal;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * One account at fal.
 *
 * @param apiKey secret; never logged
 * @param baseUrl of the queue; default {@code https://queue.fal.run}
 * @param connectTimeout until a connection stands; 100 ms to 1 min, 10 s by default
 * @param requestTimeout of one request, not of a video; 1 s to 10 min, 1 min by default. A
 *     submission that runs into it is held for a decision
 * @param pollInterval between two questions for a request; 100 ms to 1 min, 5 s by default
 * @param timeout of a video from its submission to its end, its time in the queue included; 10 s to
 *     50 min, 20 min by default. What takes longer is held for a decision
 * @param maxVideoSize the largest video taken; default 512 MB. What is larger is held for a
 *     decision
 */
record FalAccount(
    @NotBlank(message = "must hold the account's key") String apiKey,
    @DefaultValue("https://queue.fal.run") URI baseUrl,
    @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration connectTimeout,
    @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration requestTimeout,
    @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 1) Duration pollInterval,
    @DefaultValue("20m") @DurationMin(seconds = 10) @DurationMax(minutes = 50) Duration timeout,
    @DefaultValue("512MB") DataSize maxVideoSize) {

  @AssertTrue(message = "base-url must be an http or https address")
  boolean isBaseUrlHttp() {
    return baseUrl.getHost() != null
        && ("https".equals(baseUrl.getScheme()) || "http".equals(baseUrl.getScheme()));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "FalAccount[" + baseUrl + "]";
  }
}
