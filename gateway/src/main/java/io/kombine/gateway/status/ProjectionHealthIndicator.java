package io.kombine.gateway.status;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up once all partitions of {@code step.events} are being read; part of readiness. */
@Component("projection")
final class ProjectionHealthIndicator implements HealthIndicator {

  private final ReadPositions positions;
  private final ReadLag lag;

  ProjectionHealthIndicator(ReadPositions positions, ReadLag lag) {
    this.positions = positions;
    this.lag = lag;
  }

  @Override
  public Health health() {
    return (positions.isReady() ? Health.up() : Health.outOfService())
        .withDetail("partitions", positions.partitions())
        .withDetail("lag", lag.records())
        .build();
  }
}
