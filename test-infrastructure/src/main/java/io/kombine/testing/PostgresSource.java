package io.kombine.testing;

/** A running PostgreSQL server. */
@FunctionalInterface
interface PostgresSource {

  /** Access to a database of this server, whether it exists yet or not. */
  TestDatabase database(String name);
}
