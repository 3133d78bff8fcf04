package io.kombine.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.testing.KombineInfrastructure;
import io.kombine.testing.TestDatabase;
import io.kombine.worker.WorkerIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

@KombineInfrastructure
class ClaimConfigurationIT {

  private ApplicationContextRunner service = new ApplicationContextRunner();

  @BeforeEach
  void service(TestDatabase database) {
    service =
        new ApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    FlywayAutoConfiguration.class,
                    ValidationAutoConfiguration.class))
            .withUserConfiguration(Service.class)
            .withPropertyValues(
                "spring.datasource.url=" + database.jdbcUrl() + "?currentSchema=i2i_worker",
                "spring.datasource.username=" + database.user(),
                "spring.datasource.password=" + database.password(),
                "spring.flyway.locations=classpath:io/kombine/worker/claim/none",
                "spring.flyway.fail-on-missing-locations=false",
                "spring.flyway.default-schema=i2i_worker");
  }

  @Test
  void tablesLieInTheServicesSchemaAndTheConfiguredCapHolds() {
    service
        .withPropertyValues("kombine.stages.i2i.partitions=1")
        .run(context -> {
          Claims claims = context.getBean(Claims.class);
          ClaimFixture.begun(claims, ClaimFixture.step());
          assertThat(claims.reserve(ClaimFixture.step(), 0)).isInstanceOf(Reservation.Busy.class);
          JdbcTemplate jdbc = new JdbcTemplate(context.getBean(javax.sql.DataSource.class));
          assertThat(jdbc.queryForObject("select count(*) from i2i_worker.ledger", Integer.class))
              .isOne();
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          assertThat(registry.get("kombine.cap").tag("stage", "i2i").gauge().value()).isOne();
          assertThat(registry.get("kombine.inflight").tag("stage", "i2i").gauge().value()).isOne();
          assertThat(
                  registry
                      .get("kombine.claims")
                      .tags("stage", "i2i", "result", "begun")
                      .counter()
                      .count())
              .isOne();
        });
  }

  @Test
  void leaseOutOfBoundsStopsTheStart() {
    service
        .withPropertyValues("kombine.claims.lease=500ms")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("lease must be from 1s to 10m"));
  }

  @Test
  void connectionsOfAnotherIsolationStopTheStart() {
    service
        .withPropertyValues(
            "spring.datasource.hikari.transaction-isolation=TRANSACTION_REPEATABLE_READ")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("claims need connections at isolation"));
  }

  @Configuration(proxyBeanMethods = false)
  @Import(ClaimConfiguration.class)
  static class Service {

    @Bean
    WorkerIdentity worker() {
      return WorkerIdentity.of("i2i-worker");
    }

    @Bean
    MeterRegistry registry() {
      return new SimpleMeterRegistry();
    }
  }
}
