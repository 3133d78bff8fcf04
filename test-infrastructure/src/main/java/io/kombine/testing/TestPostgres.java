package io.kombine.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The PostgreSQL server of this JVM's tests, started at first use and ended with the JVM.
 *
 * <p>Safe for use by several threads.
 */
public final class TestPostgres {

  private static final AtomicInteger CREATED = new AtomicInteger();
  private static final Map<Class<?>, TestDatabase> OF_CLASSES = new ConcurrentHashMap<>();

  private TestPostgres() {}

  /** A new, empty database. */
  public static TestDatabase freshDatabase() {
    PostgresSource server = Infrastructure.postgres();
    String name = "test_" + CREATED.incrementAndGet();
    try (Connection connection = server.database("postgres").dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      // why all of it: the same sorting and the same letters whatever the server was set up with
      statement.execute(
          "create database "
              + name
              + " template template0 encoding 'UTF8' locale 'C'"
              + " locale_provider builtin builtin_locale 'C.UTF-8'");
    } catch (SQLException e) {
      throw new IllegalStateException("The test database cannot be created", e);
    }
    return server.database(name);
  }

  /**
   * The one database of a test class: created when first asked for, the same ever after in this
   * JVM.
   */
  public static TestDatabase databaseOf(Class<?> testClass) {
    return OF_CLASSES.computeIfAbsent(testClass, any -> freshDatabase());
  }
}
