package io.kombine.testing;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one switch between local processes and containers, and the one broker and server per JVM. */
final class Infrastructure {

  /** Set to {@code true} to run the tests on containers. */
  static final String CONTAINERS = "kombine.test.containers";

  private static final Lazy<KafkaSource> KAFKA =
      new Lazy<>(() -> onContainers() ? Containers.kafka() : LocalProcesses.kafka());
  private static final Lazy<PostgresSource> POSTGRES =
      new Lazy<>(() -> onContainers() ? Containers.postgres() : LocalProcesses.postgres());

  private Infrastructure() {}

  static KafkaSource kafka() {
    return KAFKA.get();
  }

  static PostgresSource postgres() {
    return POSTGRES.get();
  }

  static boolean onContainers() {
    return Boolean.getBoolean(CONTAINERS);
  }

  /** A value made at first use; a failure is tried again at the next use. */
  private static final class Lazy<T> {
    private final Supplier<T> maker;
    private @Nullable T value;

    Lazy(Supplier<T> maker) {
      this.maker = maker;
    }

    synchronized T get() {
      T made = value;
      if (made == null) {
        made = maker.get();
        value = made;
      }
      return made;
    }
  }
}
