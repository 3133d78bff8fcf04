package io.kombine.testing;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Broker and server as containers, ended by Testcontainers or with the JVM. */
final class Containers {

  private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.2.1");
  private static final DockerImageName POSTGRES = DockerImageName.parse("postgres:18");

  private Containers() {}

  static KafkaSource kafka() {
    KafkaContainer container =
        new KafkaContainer(KAFKA)
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_LOG_RETENTION_MS", "-1")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "100");
    container.start();
    Runtime.getRuntime().addShutdownHook(new Thread(container::stop, "end-kafka"));
    return container::getBootstrapServers;
  }

  static PostgresSource postgres() {
    PostgreSQLContainer container =
        new PostgreSQLContainer(POSTGRES).withCommand("postgres", "-c", "max_connections=200");
    container.start();
    Runtime.getRuntime().addShutdownHook(new Thread(container::stop, "end-postgres"));
    return name ->
        new TestDatabase(
            "jdbc:postgresql://%s:%d/%s"
                .formatted(
                    container.getHost(),
                    container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                    name),
            container.getUsername(),
            container.getPassword());
  }
}
