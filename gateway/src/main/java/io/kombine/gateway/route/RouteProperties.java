package io.kombine.gateway.route;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where batch-api is and how long it is waited for.
 *
 * @param url scheme, host and port only, default {@code http://localhost:8081}
 * @param connectTimeout default 2 s, from 10 ms to 60 s; then the answer is 503
 * @param idleTimeout how long batch-api may stay silent, before its answer and in the middle of it,
 *     default 60 s, from 100 ms to 10 min; then the answer is 504, or is cut if it has begun
 * @param maxConnections connections to batch-api at once, default 512; at the bound a request waits
 *     {@code connectTimeout} for one, then the answer is 503
 * @param maxBody largest body of a request, default 512 MB; a larger one is answered 413, at once
 *     if its length is announced, else when the bound is passed
 */
@Validated
@ConfigurationProperties("kombine.batch-api")
public record RouteProperties(
    @DefaultValue("http://localhost:8081") @NotNull URI url,
    @DefaultValue("2s") @NotNull Duration connectTimeout,
    @DefaultValue("60s") @NotNull Duration idleTimeout,
    @DefaultValue("512") @Min(1) @Max(10_000) int maxConnections,
    @DefaultValue("512MB") @NotNull DataSize maxBody) {

  @AssertTrue(
      message =
          "kombine.batch-api: url must be http(s)://host[:port] without a path, connect-timeout"
              + " from 10ms to 60s, idle-timeout from 100ms to 10m, max-body at least 1KB")
  boolean isInBounds() {
    return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        && url.getHost() != null
        && (url.getPath().isEmpty() || url.getPath().equals("/"))
        && connectTimeout.toMillis() >= 10
        && connectTimeout.toSeconds() <= 60
        && idleTimeout.toMillis() >= 100
        && idleTimeout.toMinutes() <= 10
        && maxBody.toBytes() >= 1024;
  }
}
