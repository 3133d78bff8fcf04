package io.kombine.worker.limit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The schema {@value #NAME}, shared by all services, with a history of its own: the first to start
 * makes it while the others wait. No bean of type Flyway, which would turn off the service's own.
 */
final class LimitSchema {

  private static final String NAME = "account_limits";

  /** Of the advisory lock; any number that nobody else uses. */
  private static final long LOCK = 0x6b6f6d62_6c696d69L;

  private LimitSchema() {}

  /** Needs two connections at once. */
  static void migrate(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock(" + LOCK + ")");
      try {
        Flyway.configure()
            .dataSource(dataSource)
            .schemas(NAME)
            .defaultSchema(NAME)
            .createSchemas(true)
            .locations("classpath:io/kombine/worker/limit/migration")
            .load()
            .migrate();
      } finally {
        statement.execute("select pg_advisory_unlock(" + LOCK + ")");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The schema " + NAME + " cannot be made", e);
    }
  }
}
