package io.kombine.i2i.provider.gemini;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One account at Gemini. Google counts limits by project, so that two keys of one project are one
 * account.
 *
 * @param apiKey secret; never logged
 * @param baseUrl where the API is, without its version; default {@code
 *     https://generativelanguage.googleapis.com}
 * @param connectTimeout until a connection stands; 100 ms to 1 min, 10 s by default. A call that
 *     runs into it was never sent and is tried again
 * @param timeout of a whole call; 1 s to 55 min, 5 min by default. A call that runs into it is held
 *     for a decision, since it may have been billed
 */
record GeminiAccount(
    @NotBlank(message = "must hold the account's key") String apiKey,
    @DefaultValue("https://generativelanguage.googleapis.com") URI baseUrl,
    @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration connectTimeout,
    @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(minutes = 55) Duration timeout) {

  @AssertTrue(message = "base-url must be an http or https address")
  boolean isBaseUrlHttp() {
    return baseUrl.getHost() != null
        && ("https".equals(baseUrl.getScheme()) || "http".equals(baseUrl.getScheme()));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "GeminiAccount[" + baseUrl + "]";
  }
}
