package io.kombine.i2v.provider.kling;

import jakarta.validation.constraints.AssertTrue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * One account at Kling: either with an API key, or with an access key and a secret key.
 *
 * @param apiKey secret; never logged
 * @param accessKey names the account in signed tokens
 * @param secretKey signs them, at least 32 bytes; never logged
 * @param baseUrl default {@code https://api-singapore.klingai.com}
 * @param connectTimeout until a connection stands; 100 ms to 1 min, 10 s by default
 * @param requestTimeout of one request, not of a video; 1 s to 10 min, 1 min by default. A creation
 *     that runs into it is looked for by its id
 * @param pollInterval between two questions for a task; 100 ms to 1 min, 5 s by default
 * @param timeout of a video from its creation to its end; 10 s to 50 min, 20 min by default. What
 *     takes longer is held for a decision
 * @param maxVideoSize the largest video taken; default 512 MB. What is larger is held for a
 *     decision
 */
record KlingAccount(
    @Nullable String apiKey,
    @Nullable String accessKey,
    @Nullable String secretKey,
    @DefaultValue("https://api-singapore.klingai.com") URI baseUrl,
    @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration connectTimeout,
    @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration requestTimeout,
    @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 1) Duration pollInterval,
    @DefaultValue("20m") @DurationMin(seconds = 10) @DurationMax(minutes = 50) Duration timeout,
    @DefaultValue("512MB") DataSize maxVideoSize) {

  private static final int SHORTEST_SECRET = 32;

  @AssertTrue(message = "must have either api-key, or access-key and a secret-key of 32 bytes")
  boolean isWithOneKey() {
    boolean withToken = given(accessKey) && given(secretKey);
    return given(apiKey)
        ? !given(accessKey) && !given(secretKey)
        : withToken
            && String.valueOf(secretKey).getBytes(StandardCharsets.UTF_8).length >= SHORTEST_SECRET;
  }

  @AssertTrue(message = "base-url must be an http or https address")
  boolean isBaseUrlHttp() {
    return baseUrl.getHost() != null
        && ("https".equals(baseUrl.getScheme()) || "http".equals(baseUrl.getScheme()));
  }

  private static boolean given(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "KlingAccount[" + baseUrl + "]";
  }
}
