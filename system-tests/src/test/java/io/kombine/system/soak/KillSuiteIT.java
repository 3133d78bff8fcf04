package io.kombine.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.system.soak.audit.Guarantee;
import io.kombine.system.soak.drive.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One seed of the kill suite, every process killed once; {@code ./kombine soak} runs more. {@code
 * -Dkombine.soak.seed=N} repeats another seed.
 */
class KillSuiteIT {

  private static final long SEED = Long.getLong("kombine.soak.seed", 2026);
  private static final int KILLS = 11;
  private static final Duration ACTIVE = Duration.ofSeconds(50);

  private static SeedResult result;

  @BeforeAll
  static void run() throws Exception {
    try (Soak soak = Soak.start(Path.of("target", "kill-suite"))) {
      result = soak.run(SEED, KILLS, ACTIVE);
    }
    System.out.print(new SoakReport(List.of(result)).markdown());
  }

  static List<Guarantee> guarantees() {
    return Guarantee.ALL;
  }

  @ParameterizedTest
  @MethodSource("guarantees")
  void guaranteeHolds(Guarantee guarantee) {
    assertThat(result.violations())
        .as("seed %d", SEED)
        .filteredOn(violation -> violation.guarantee().equals(guarantee.name()))
        .isEmpty();
  }

  @Test
  void everyProcessWasKilledWhileWorkWasDone() {
    Finding finding = result.finding();
    assertThat(finding.kills()).hasSize(KILLS);
    assertThat(finding.allKills()).isEqualTo(KILLS);
    assertThat(finding.pauses()).isPositive();
    assertThat(finding.evidence().steps()).hasSizeGreaterThan(20);
    assertThat(finding.evidence().invoice()).isNotEmpty();
    assertThat(finding.evidence().observed()).isPositive();
  }
}
