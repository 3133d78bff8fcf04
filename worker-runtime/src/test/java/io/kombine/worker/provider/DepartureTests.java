package io.kombine.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DepartureTests {

  @Test
  void onlyTheFirstRequestOfACallCounts() {
    AtomicInteger counted = new AtomicInteger();

    String answer =
        Departure.of(
            counted::incrementAndGet,
            () -> {
              assertThat(counted).hasValue(0);
              Departure.now();
              Departure.now();
              return "made";
            });

    assertThat(answer).isEqualTo("made");
    assertThat(counted).hasValue(1);
  }

  @Test
  void aRequestOutsideOfACallIsNone() {
    AtomicInteger counted = new AtomicInteger();
    Departure.of(counted::incrementAndGet, () -> "nothing was sent");

    Departure.now();

    assertThat(counted).hasValue(0);
  }
}
