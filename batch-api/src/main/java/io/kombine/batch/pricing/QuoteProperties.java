package io.kombine.batch.pricing;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long quotes bind.
 *
 * @param validity from the estimate on; default 24 h, from 1 min to 30 days. A submit that names an
 *     older quote is refused
 */
@Validated
@ConfigurationProperties("kombine.quotes")
record QuoteProperties(@DefaultValue("24h") Duration validity) {

  @AssertTrue(message = "validity must be from 1m to 30d")
  boolean isValidityInBounds() {
    return validity.compareTo(Duration.ofMinutes(1)) >= 0
        && validity.compareTo(Duration.ofDays(30)) <= 0;
  }
}
