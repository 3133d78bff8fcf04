package io.kombine.worker.limit;

import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The limits of accounts, for workers to import. Needs the service's {@link DataSource}, at
 * isolation READ COMMITTED, and a {@link MeterRegistry}; makes the schema {@code account_limits}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccountProperties.class)
public class LimitConfiguration {

  private static final int TIMEOUT_SECONDS = 10;

  @Bean(destroyMethod = "close")
  PostgresAccountLimits accountLimits(
      DataSource dataSource, AccountProperties properties, MeterRegistry registry) {
    LimitSchema.migrate(dataSource);
    PostgresAccountLimits limits = limits(dataSource, properties, registry);
    limits.start();
    return limits;
  }

  static PostgresAccountLimits limits(
      DataSource dataSource, AccountProperties properties, MeterRegistry registry) {
    JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    jdbc.setQueryTimeout(TIMEOUT_SECONDS);
    TransactionTemplate transactions =
        new TransactionTemplate(new JdbcTransactionManager(dataSource));
    transactions.setTimeout(TIMEOUT_SECONDS);
    return new PostgresAccountLimits(jdbc, transactions, properties, new LimitMetrics(registry));
  }

  @Bean
  AccountsEndpoint accountsEndpoint(AccountLimits limits) {
    return new AccountsEndpoint(limits);
  }
}
