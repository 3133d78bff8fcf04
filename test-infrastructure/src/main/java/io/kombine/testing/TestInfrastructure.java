package io.kombine.testing;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Spring properties that point an application at the broker and a database of the tests. */
public final class TestInfrastructure {

  private TestInfrastructure() {}

  /**
   * {@code spring.kafka.bootstrap-servers} and {@code spring.datasource.url}, {@code .username},
   * {@code .password}.
   */
  public static Map<String, Object> properties(TestDatabase database) {
    return Map.of(
        "spring.kafka.bootstrap-servers", TestKafka.bootstrapServers(),
        "spring.datasource.url", database.jdbcUrl(),
        "spring.datasource.username", database.user(),
        "spring.datasource.password", database.password());
  }

  /**
   * Registers {@link #properties(TestDatabase)}, with a fresh database, where a test has a
   * {@code @DynamicPropertySource}: {@code TestInfrastructure.properties(registry::add)}.
   */
  public static void properties(BiConsumer<String, Supplier<Object>> registry) {
    properties(TestPostgres.freshDatabase())
        .forEach((key, value) -> registry.accept(key, () -> value));
  }

  /** Whether the tests run on containers rather than on local processes. */
  public static boolean onContainers() {
    return Infrastructure.onContainers();
  }
}
