package io.kombine.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The Kafka broker of this JVM's tests, started at first use and ended with the JVM.
 *
 * <p>Topics are not created on first use, as in production. Safe for use by several threads.
 */
public final class TestKafka {

  private static final int TIMEOUT_SECONDS = 30;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private TestKafka() {}

  /** {@code host:port} for Kafka clients. */
  public static String bootstrapServers() {
    return Infrastructure.kafka().bootstrapServers();
  }

  /** Creates a topic that must not exist yet. */
  public static void createTopic(String name, int partitions) {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
          .all()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Topic " + name + " cannot be created", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while topic " + name + " was created", e);
    }
  }

  /** A name that no other call in this JVM gets: for topics and consumer groups of one test. */
  public static String uniqueName(String prefix) {
    return prefix + "-" + NAMES.incrementAndGet();
  }
}
