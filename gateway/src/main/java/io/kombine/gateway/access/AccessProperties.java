package io.kombine.gateway.access;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which other origins' pages may call the gateway.
 *
 * @param allowedOrigins origins as {@code https://host[:port]}, or {@code *} alone; default none,
 *     at most 100. None: answers carry no CORS headers, so browsers keep other origins' pages out
 * @param maxAge how long browsers may remember a preflight's answer, default 1 h, at most 24 h
 */
@Validated
@ConfigurationProperties("kombine.cors")
record AccessProperties(
    @DefaultValue @NotNull @Size(max = 100) List<String> allowedOrigins,
    @DefaultValue("1h") @NotNull Duration maxAge) {

  AccessProperties {
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  @AssertTrue(
      message =
          "kombine.cors: allowed-origins must be like https://console.example.com, without a path,"
              + " or * alone; max-age from 0 to 24h")
  boolean isInBounds() {
    boolean origins =
        allowedOrigins.equals(List.of("*"))
            || allowedOrigins.stream().allMatch(o -> o.matches("https?://[^/*\\s]+"));
    return origins && !maxAge.isNegative() && maxAge.toHours() <= 24;
  }
}
