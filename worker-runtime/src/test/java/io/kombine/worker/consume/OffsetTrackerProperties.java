package io.kombine.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class OffsetTrackerProperties {

  /** Whatever the order, exactly what lies before the lowest unfinished record is committable. */
  @Property
  void anyOrderOfCompletionCommitsExactlyTheContiguousPrefix(
      @ForAll @LongRange(min = 0, max = 1_000_000) long first,
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 5) Integer> gaps,
      @ForAll Random random) {
    OffsetTracker tracker = new OffsetTracker(10_000);
    List<Long> offsets = new ArrayList<>();
    long offset = first;
    for (int gap : gaps) {
      offsets.add(offset);
      tracker.take(offset, offset);
      offset += gap;
    }
    long end = offsets.getLast() + 1;
    assertThat(tracker.committable()).hasValue(first);

    TreeSet<Long> unfinished = new TreeSet<>(offsets);
    List<Long> order = new ArrayList<>(offsets);
    Collections.shuffle(order, random);
    for (long finished : order) {
      tracker.finish(finished);
      unfinished.remove(finished);
      long expected = unfinished.isEmpty() ? end : unfinished.first();
      assertThat(tracker.committable()).hasValue(expected);
      assertThat(tracker.span()).isEqualTo(end - expected);
      assertThat(tracker.oldestTimestamp())
          .isEqualTo(
              unfinished.isEmpty() ? OptionalLong.empty() : OptionalLong.of(unfinished.first()));
    }
  }

  /** Takings and completions in any mixture: never beyond the span, never backwards. */
  @Property
  void spanStaysWithinItsLimitAndCommitsNeverGoBack(
      @ForAll @IntRange(min = 1, max = 20) int span,
      @ForAll @Size(max = 200) List<Boolean> takes,
      @ForAll Random random) {
    OffsetTracker tracker = new OffsetTracker(span);
    List<Long> unfinished = new ArrayList<>();
    long next = 0;
    long committed = 0;
    for (boolean take : takes) {
      if (take && tracker.admits(next)) {
        tracker.take(next, next);
        unfinished.add(next++);
      } else if (take) {
        long refused = next;
        assertThat(tracker.span()).isEqualTo(span);
        assertThatThrownBy(() -> tracker.take(refused, refused))
            .isInstanceOf(IllegalArgumentException.class);
      } else if (!unfinished.isEmpty()) {
        tracker.finish(unfinished.remove(random.nextInt(unfinished.size())));
      }
      assertThat(tracker.span()).isLessThanOrEqualTo(span);
      long now = tracker.committable().orElse(0);
      assertThat(now).isGreaterThanOrEqualTo(committed);
      committed = now;
    }
  }
}
