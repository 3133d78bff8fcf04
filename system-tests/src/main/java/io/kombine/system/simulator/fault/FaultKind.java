package io.kombine.system.simulator.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can go wrong with a call. In JSON the name is in lower case. */
public enum FaultKind {
  /** Waits {@code millis} before the call is looked at; nothing is billed yet. */
  DELAY(Phase.ADDED),
  /** Accepts and bills the call, then takes {@code millis} longer than usual. */
  LATENCY(Phase.ADDED),
  /** 429 in the vendor's words; with {@code retry_after_ms} it says when to come back. */
  RATE_LIMIT(Phase.REFUSED),
  /** 429 or 503 for want of capacity: as if too many calls went on at once. */
  NO_CAPACITY(Phase.REFUSED),
  /** 5xx, by {@code status}, 500 by default; not billed. */
  SERVER_ERROR(Phase.REFUSED),
  /** The connection is closed without an answer; not billed. */
  DROP_BEFORE(Phase.REFUSED),
  /** Refusal for the content's sake; not billed. */
  REFUSAL(Phase.REFUSED),
  /** The account is out of money. */
  BILLING(Phase.REFUSED),
  /** The key counts for nothing. */
  UNAUTHORIZED(Phase.REFUSED),
  /** Drive only: 403 with {@code reason}, such as {@code storageQuotaExceeded}. */
  QUOTA(Phase.REFUSED),
  /** The connection is closed without an answer, after the call was accepted and billed. */
  DROP_AFTER(Phase.DISTURBED),
  /** 200 with a body that is cut off in the middle, but complete by its length; billed. */
  MALFORMED(Phase.DISTURBED),
  /** The connection breaks in the middle of the body; billed. */
  TRUNCATED(Phase.DISTURBED),
  /** The body takes {@code millis}; billed. */
  SLOW_BODY(Phase.DISTURBED),
  /** The result's URL is expired from the start; billed. */
  EXPIRED_URL(Phase.CHANGED),
  /**
   * Polled vendors: the task is accepted, then fails with {@code reason}; billed, then refunded.
   */
  TASK_FAILURE(Phase.CHANGED),
  /** Gemini only: 200 with words but no image; billed. */
  TEXT_ONLY(Phase.CHANGED),
  /** Drive only: keeps only the first half of a chunk and says so by 308. */
  PARTIAL_CHUNK(Phase.CHANGED);

  /** At which point of the call a fault acts. */
  enum Phase {
    /** Time only; several add up. */
    ADDED,
    /** Instead of accepting; the first that meets a call decides. */
    REFUSED,
    /** On the way back; the first that meets a call decides. */
    DISTURBED,
    /** On what is made. */
    CHANGED
  }

  private final Phase phase;

  FaultKind(Phase phase) {
    this.phase = phase;
  }

  Phase phase() {
    return phase;
  }

  /**
   * The kind with that name, in any case.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static FaultKind of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name in lower case. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
