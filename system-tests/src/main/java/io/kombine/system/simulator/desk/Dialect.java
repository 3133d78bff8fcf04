package io.kombine.system.simulator.desk;

import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.http.Answer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a vendor says that it does not do what was asked. */
public interface Dialect {

  /**
   * Too many calls in the window.
   *
   * @param retryAfter the hint to give, or null for none
   */
  Answer tooMany(@Nullable Duration retryAfter);

  /** Too many at once, or no capacity. */
  Answer tooManyAtOnce();

  /** A failure of the server. */
  Answer serverError(int status);

  /**
   * The content is refused.
   *
   * @param reason the vendor's word for why, or null for its usual one
   */
  Answer refused(@Nullable String reason);

  /** Whether content is refused by the accepted task instead of at once. */
  default boolean refusesLater() {
    return false;
  }

  /** The account has no money. */
  Answer unpaid();

  /** The key counts for nothing. */
  Answer unauthorized();

  /** What was sent is wrong. */
  Answer invalid(String message);

  /** There is no such thing. */
  Answer notFound(String message);

  /** A quota is used up; vendors without quotas answer as for {@link #tooMany}. */
  default Answer quota(@Nullable String reason) {
    return tooMany(null);
  }

  /** The vendor's words for a fault that keeps a call from being accepted. */
  default Answer of(FaultRule rule) {
    return switch (rule.fault()) {
      case RATE_LIMIT ->
          tooMany(rule.retryAfterMs() == null ? null : Duration.ofMillis(rule.retryAfterMs()));
      case NO_CAPACITY -> tooManyAtOnce();
      case SERVER_ERROR -> serverError(rule.status() == null ? 500 : rule.status());
      case DROP_BEFORE -> Answer.dropped();
      case REFUSAL -> refused(rule.reason());
      case BILLING -> unpaid();
      case UNAUTHORIZED -> unauthorized();
      case QUOTA -> quota(rule.reason());
      default -> throw new IllegalStateException("a call is accepted with " + rule.fault());
    };
  }
}
