package io.kombine.system.simulator.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.system.simulator.call.ApiCall;
import io.kombine.system.simulator.call.Vendor;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SlidingWindowProperties {

  private static final long WINDOW = 1000;

  /** Whatever the arrivals: a call comes in exactly when the window before it has room. */
  @Property(tries = 500)
  void noWindowEverHoldsMoreThanTheLimitAndNoRoomIsWasted(
      @ForAll @Size(max = 80) List<@IntRange(max = 700) Integer> gaps,
      @ForAll @IntRange(min = 1, max = 8) int limit) {
    Instant start = Instant.parse("2026-11-20T12:00:00Z");
    AtomicReference<Instant> now = new AtomicReference<>(start);
    Limits limits =
        new Limits(clock(now), Map.of(Vendor.OPENAI, new LimitSettings(limit, WINDOW, 1000, true)));
    ApiCall call = ApiCall.plain(Vendor.OPENAI, "images.edit", "key", null);
    List<Instant> admitted = new ArrayList<>();
    for (int gap : gaps) {
      Instant at = now.updateAndGet(time -> time.plusMillis(gap));
      long inWindow =
          admitted.stream().filter(other -> other.isAfter(at.minusMillis(WINDOW))).count();
      boolean in = limits.admit(call, 1, false) instanceof Admission.Admitted;
      assertThat(in).isEqualTo(inWindow < limit);
      if (in) {
        admitted.add(at);
      }
    }
    limits.stats().forEach(key -> assertThat(key.maxAdmittedInWindow()).isLessThanOrEqualTo(limit));
  }

  private static Clock clock(AtomicReference<Instant> now) {
    return new Clock() {
      @Override
      public Instant instant() {
        return now.get();
      }

      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }
}
