package io.kombine.worker.claim;

import io.kombine.contracts.StepKind;
import io.kombine.worker.WorkerIdentity;
import io.kombine.worker.topic.StageCap;
import io.kombine.worker.topic.StageProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.Location;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The claims of a worker, for services to import. Needs the service's {@link DataSource}, with the
 * service's schema first in its search path, its {@link WorkerIdentity} and a {@link
 * MeterRegistry}. The tables come with the service's own Flyway history, as version 1001 and up.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ClaimProperties.class, StageProperties.class})
public class ClaimConfiguration {

  /** Where the migrations are. */
  static final String MIGRATIONS = "classpath:io/kombine/worker/claim/migration";

  @Bean
  FlywayConfigurationCustomizer claimMigrations() {
    return flyway ->
        flyway.locations(
            Stream.concat(
                    Stream.of(flyway.getLocations()).map(Location::getDescriptor),
                    Stream.of(MIGRATIONS))
                .distinct()
                .toArray(String[]::new));
  }

  @Bean(destroyMethod = "close")
  PostgresClaims claims(
      DataSource dataSource,
      WorkerIdentity worker,
      ClaimProperties properties,
      StageProperties stages,
      MeterRegistry registry) {
    Map<StepKind, StageCap> caps = caps(stages);
    PostgresClaims claims =
        new PostgresClaims(dataSource, worker, properties, caps, new ClaimMetrics(registry, caps));
    claims.start();
    return claims;
  }

  private static Map<StepKind, StageCap> caps(StageProperties stages) {
    Map<StepKind, StageCap> caps = new EnumMap<>(StepKind.class);
    for (StepKind kind : StepKind.values()) {
      caps.put(kind, stages.of(kind));
    }
    return caps;
  }
}
