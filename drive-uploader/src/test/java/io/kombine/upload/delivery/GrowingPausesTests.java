package io.kombine.upload.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.Ids;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GrowingPausesTests {

  private final GrowingPauses pauses = new GrowingPauses(new Random(7));
  private final UUID delivery = Ids.next();

  @Test
  void pausesDoubleFromOneSecondToOneMinute() {
    for (int full : new int[] {1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000}) {
      assertThat(pauses.next(delivery, Duration.ZERO).toMillis()).isBetween(full / 2L, (long) full);
    }
  }

  @Test
  void drivesOwnPauseIsKeptToAndEndedDeliveriesBeginAnew() {
    pauses.next(delivery, Duration.ZERO);
    assertThat(pauses.next(delivery, Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));

    pauses.forget(delivery);

    assertThat(pauses.next(delivery, Duration.ZERO)).isLessThanOrEqualTo(GrowingPauses.FIRST);
  }

  @Test
  void deliveryThatWaitedLongestAgoIsForgottenAtTheLimit() {
    pauses.next(delivery, Duration.ZERO);
    UUID second = Ids.next();
    pauses.next(second, Duration.ZERO);

    for (int i = 0; i < GrowingPauses.MAX_REMEMBERED - 1; i++) {
      pauses.next(Ids.next(), Duration.ZERO);
    }

    assertThat(pauses.waits(delivery)).isZero();
    assertThat(pauses.waits(second)).isEqualTo(1);
  }
}
