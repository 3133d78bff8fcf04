package io.kombine.worker.limit;

import io.kombine.contracts.Money;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of one account. At a limit its steps wait; those of other accounts go on.
 *
 * @param requestsPerWindow calls that the provider sees in any window, wherever that begins; 1 to
 *     10,000, none by default
 * @param window 1 s to 1 day, 1 min by default
 * @param margin the longest that a call takes from its token to the provider's count of it; it
 *     lengthens the window, so 60 a minute with a margin of 1.2 s are 98 % of 60. Zero to half of
 *     the window; 2 % of the window by default, at least 50 ms
 * @param concurrentCalls calls at once over all stages, until each ends or its hard timeout has
 *     passed; 1 to 10,000, none by default
 * @param spendPerWindow what calls may cost in any window: expected costs, corrected to actual ones
 *     when the calls end; none by default. A step that alone costs more, or is priced in another
 *     currency, fails
 */
record AccountLimit(
    @Nullable @Min(1) @Max(10_000) Integer requestsPerWindow,
    @DefaultValue("1m") Duration window,
    @Nullable Duration margin,
    @Nullable @Min(1) @Max(10_000) Integer concurrentCalls,
    @Nullable Money spendPerWindow) {

  static final AccountLimit NONE = new AccountLimit(null, Duration.ofMinutes(1), null, null, null);

  private static final Duration LEAST_MARGIN = Duration.ofMillis(50);

  /** Whether there is anything to count. */
  boolean limits() {
    return requestsPerWindow != null || concurrentCalls != null || spendPerWindow != null;
  }

  Duration effectiveMargin() {
    if (margin != null) {
      return margin;
    }
    Duration usual = window.dividedBy(50);
    return usual.compareTo(LEAST_MARGIN) < 0 ? LEAST_MARGIN : usual;
  }

  /** How long a token counts after it was granted. */
  Duration period() {
    return window.plus(effectiveMargin());
  }

  /** The mean time between two calls at the full rate. */
  Duration spacing() {
    return requestsPerWindow == null ? LEAST_MARGIN : window.dividedBy(requestsPerWindow);
  }

  /** Calls in a window after the rate was halved so many times; null without a limit. */
  @Nullable Integer requestsAt(int halvings) {
    return requestsPerWindow == null ? null : Math.max(1, requestsPerWindow >> halvings);
  }

  @AssertTrue(message = "window must be from 1s to 1d")
  boolean isWindowInBounds() {
    return window.compareTo(Duration.ofSeconds(1)) >= 0
        && window.compareTo(Duration.ofDays(1)) <= 0;
  }

  @AssertTrue(message = "margin must be from 0 to half of the window")
  boolean isMarginInBounds() {
    return margin == null || (!margin.isNegative() && margin.compareTo(window.dividedBy(2)) <= 0);
  }

  @AssertTrue(message = "spend-per-window must be more than zero")
  boolean isSpendPositive() {
    return spendPerWindow == null || Objects.requireNonNull(spendPerWindow).amount().signum() > 0;
  }
}
