package io.kombine.batch.eta;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.StepKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class EtaTests {

  @Test
  void nothingLeftHasNoEstimate() {
    assertThat(Eta.of(List.of())).isEmpty();
  }

  @Test
  void callsOfOneStageRunInRoundsOfItsPlaces() {
    Remaining images = new Remaining(StepKind.I2I, 30, 3, 10, 10);
    assertThat(Eta.of(List.of(images))).contains(new Eta(100, 100));
  }

  @Test
  void halfTheShareOfAStageTakesTwiceTheTime() {
    Remaining images = new Remaining(StepKind.I2I, 30, 1.5, 10, 10);
    assertThat(Eta.of(List.of(images))).contains(new Eta(200, 200));
  }

  @Test
  void slowestStageDecidesAndTheOthersAddOneCall() {
    Remaining images = new Remaining(StepKind.I2I, 6, 3, 5, 5);
    Remaining videos = new Remaining(StepKind.I2V, 12, 3, 60, 60);
    assertThat(Eta.of(List.of(images, videos))).contains(new Eta(245, 245));
  }

  @Test
  void spreadGrowsSlowerThanTheTimeItself() {
    Eta few = Eta.of(List.of(new Remaining(StepKind.I2I, 1, 1, 10, 20))).orElseThrow();
    Eta many = Eta.of(List.of(new Remaining(StepKind.I2I, 100, 1, 10, 20))).orElseThrow();
    assertThat(few).isEqualTo(new Eta(10, 20));
    assertThat(many).isEqualTo(new Eta(1_000, 1_100));
  }

  @Test
  void aRateLimitDecidesWhereItLetsThroughLessThanThePlacesWould() {
    Remaining limited = new Remaining(StepKind.ANALYSIS, 480, 5, 2, 2, new Pace(1, 60));
    Remaining free = new Remaining(StepKind.ANALYSIS, 480, 5, 2, 2, new Pace(4, 240));

    Eta eta = Eta.of(List.of(limited)).orElseThrow();

    assertThat(eta.p50Seconds()).isEqualTo(480);
    assertThat(eta.p90Seconds()).isEqualTo(602);
    assertThat(Eta.of(List.of(free))).contains(new Eta(192, 192));
  }

  @Test
  void smallDifferencesAreNotWorthTelling() {
    assertThat(new Eta(100, 120).isFarFrom(95, 115)).isFalse();
    assertThat(new Eta(100, 120).isFarFrom(80, 120)).isTrue();
    assertThat(new Eta(3, 3).isFarFrom(2, 2)).isFalse();
  }
}
