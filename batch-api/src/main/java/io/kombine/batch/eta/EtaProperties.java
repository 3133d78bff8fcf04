package io.kombine.batch.eta;

import io.kombine.contracts.StepKind;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is expected of calls that nobody has made yet.
 *
 * @param typical model → how long a call typically takes, over 0; used until calls were observed. A
 *     model that is not named takes what is typical of its kind: analysis 10 s, image 20 s, speech
 *     10 s, video 90 s
 */
@Validated
@ConfigurationProperties("kombine.eta")
record EtaProperties(@DefaultValue Map<String, Duration> typical) {

  EtaProperties {
    typical.forEach((model, time) -> {
      if (!time.isPositive()) {
        throw new IllegalArgumentException(
            "kombine.eta.typical.%s must be more than 0".formatted(model));
      }
    });
  }

  Duration typicalOf(StepKind kind, String model) {
    Duration configured = typical.get(model);
    return configured != null
        ? configured
        : switch (kind) {
          case ANALYSIS, AUDIO -> Duration.ofSeconds(10);
          case I2I -> Duration.ofSeconds(20);
          case I2V -> Duration.ofSeconds(90);
        };
  }
}
