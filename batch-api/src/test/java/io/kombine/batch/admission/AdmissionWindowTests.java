package io.kombine.batch.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionWindowTests {

  @Test
  void unknownCallTimesGetTheSmallestWindow() {
    assertThat(AdmissionWindow.size(3, null)).isEqualTo(6);
  }

  @Test
  void slowCallsGetTheSmallestWindow() {
    assertThat(AdmissionWindow.size(3, Duration.ofSeconds(60))).isEqualTo(6);
  }

  @Test
  void queueHoldsAboutHalfASecondOfWork() {
    assertThat(AdmissionWindow.size(8, Duration.ofMillis(200))).isEqualTo(8 + 20);
  }

  @Test
  void instantCallsGetTheGreatestWindowAndNoMore() {
    assertThat(AdmissionWindow.size(3, Duration.ZERO)).isEqualTo(48);
  }
}
