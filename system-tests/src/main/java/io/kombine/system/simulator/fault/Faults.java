package io.kombine.system.simulator.fault;

import io.kombine.system.simulator.call.ApiCall;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The script: rules in the order they were put. Thread-safe; calls are counted in the order in
 * which they come through the limits. Holds at most {@value #MAX_RULES} rules.
 */
public final class Faults {

  /** One more rule than this is refused. */
  public static final int MAX_RULES = 1_000;

  private final Clock clock;
  private final Map<Long, Scripted> rules = new LinkedHashMap<>();
  private long lastId;

  /** With no rule. */
  public Faults(Clock clock) {
    this.clock = clock;
  }

  /**
   * A rule and how it went.
   *
   * @param matched calls that it could have met
   * @param fired calls that met it
   */
  public record Status(long id, FaultRule rule, long matched, long fired) {}

  /**
   * Puts a rule behind the others.
   *
   * @return its id, for {@link #remove}
   * @throws IllegalStateException when there are too many
   */
  public synchronized long put(FaultRule rule) {
    if (rules.size() >= MAX_RULES) {
      throw new IllegalStateException("no more than " + MAX_RULES + " rules at once");
    }
    lastId++;
    Instant end = rule.forMs() == null ? Instant.MAX : clock.instant().plusMillis(rule.forMs());
    rules.put(lastId, new Scripted(rule, end, rule.seed() == null ? 0 : rule.seed()));
    return lastId;
  }

  /** Takes a rule away; says whether it was there. */
  public synchronized boolean remove(long id) {
    return rules.remove(id) != null;
  }

  /** Takes all rules away. */
  public synchronized void clear() {
    rules.clear();
  }

  /** All rules, in order. */
  public synchronized List<Status> list() {
    List<Status> list = new ArrayList<>();
    rules.forEach((id, s) -> list.add(new Status(id, s.rule, s.matched, s.fired)));
    return list;
  }

  /** Counts the call, and says what it meets. */
  public synchronized FiredFaults fire(ApiCall call) {
    Instant now = clock.instant();
    List<FaultRule> fired = new ArrayList<>();
    for (Scripted scripted : rules.values()) {
      if (now.isBefore(scripted.end) && scripted.fires(call)) {
        fired.add(scripted.rule);
      }
    }
    return new FiredFaults(fired);
  }

  private static final class Scripted {
    private final FaultRule rule;
    private final Instant end;
    private final Random chance;
    private long matched;
    private long fired;

    Scripted(FaultRule rule, Instant end, long seed) {
      this.rule = rule;
      this.end = end;
      this.chance = new Random(seed);
    }

    boolean fires(ApiCall call) {
      if (!rule.matches(call)) {
        return false;
      }
      matched++;
      boolean meets = isTurn(rule.nth()) && isLucky(rule.probability()) && isLeft(rule.times());
      if (meets) {
        fired++;
      }
      return meets;
    }

    private boolean isTurn(@Nullable Integer nth) {
      return nth == null || matched == nth;
    }

    private boolean isLucky(@Nullable Double probability) {
      return probability == null || chance.nextDouble() < probability;
    }

    private boolean isLeft(@Nullable Integer times) {
      return times == null || fired < times;
    }
  }
}
