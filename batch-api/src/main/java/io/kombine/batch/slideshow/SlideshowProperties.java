package io.kombine.batch.slideshow;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How slideshow batches are planned and run.
 *
 * @param linksAtOnce links of one batch in progress at once; default 5, from 1 to 100
 * @param lookups links whose slides this process looks for at once; default 8, from 1 to 64.
 *     Further ones wait
 * @param lease after so long without renewal another process looks for the slides of this one's
 *     links; default 30 s, from 1 s to 1 h
 * @param attempts to reach a link's slides before it fails; default 3, from 1 to 10
 * @param pause before the second attempt, and twice as long before the third and so on; default 5
 *     s, from 10 ms to 10 min
 * @param pageSource whether slides are read from a link's page
 */
@Validated
@ConfigurationProperties("kombine.slideshow")
record SlideshowProperties(
    @DefaultValue("5") @Min(1) @Max(100) int linksAtOnce,
    @DefaultValue("8") @Min(1) @Max(64) int lookups,
    @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration lease,
    @DefaultValue("3") @Min(1) @Max(10) int attempts,
    @DefaultValue("5s") @DurationMin(millis = 10) @DurationMax(minutes = 10) Duration pause,
    @DefaultValue @Valid PageSource pageSource) {

  /**
   * Reading slides from TikTok's pages, which many networks are not allowed to, and which is for
   * the operator to decide under TikTok's terms.
   *
   * @param enabled default false: then links without slides fail with a reason
   * @param baseUrl where the pages of all links are instead of TikTok's own hosts, such as a
   *     gateway to them; absent by default
   */
  record PageSource(@DefaultValue("false") boolean enabled, @Nullable URI baseUrl) {}
}
