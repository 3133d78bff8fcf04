package io.kombine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

@KombineInfrastructure
class InfrastructureIT {

  @Test
  void databaseIsPostgresEighteenAndEmpty(TestDatabase database) throws SQLException {
    assertThat(ask(database, "show server_version")).startsWith("18");
    assertThat(ask(database, "select count(*) from pg_stat_user_tables")).isEqualTo("0");
    assertThat(ask(database, "show max_connections")).isEqualTo("200");
  }

  @Test
  void databaseSortsAndStoresUnicode(TestDatabase database) throws SQLException {
    assertThat(ask(database, "select upper('größe ✓')")).startsWith("GRÖ");
  }

  @Test
  void freshDatabasesDoNotSeeEachOther() throws SQLException {
    TestDatabase one = TestPostgres.freshDatabase();
    TestDatabase other = TestPostgres.freshDatabase();
    try (Connection connection = one.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table only_here (id int)");
    }
    assertThat(ask(one, "select count(*) from only_here")).isEqualTo("0");
    assertThatThrownBy(() -> ask(other, "select count(*) from only_here"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void testsOfOneClassShareItsDatabase(TestDatabase database) {
    assertThat(database).isEqualTo(TestPostgres.databaseOf(InfrastructureIT.class));
    assertThat(TestPostgres.databaseOf(String.class)).isNotEqualTo(database);
  }

  @Test
  void wrongPasswordIsRefused(TestDatabase database) {
    TestDatabase stranger = new TestDatabase(database.jdbcUrl(), database.user(), "guess");
    assertThatThrownBy(() -> stranger.dataSource().getConnection())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void recordsArriveInOrderWithTheirKey() throws Exception {
    String topic = TestKafka.uniqueName("letters");
    TestKafka.createTopic(topic, 1);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestKafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String value : List.of("a", "b", "c")) {
        producer.send(new ProducerRecord<>(topic, "key", value)).get(20, TimeUnit.SECONDS);
      }
    }
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestKafka.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG, TestKafka.uniqueName("readers"),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      List<String> read = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (read.size() < 3 && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> read.add(record.value()));
      }
      assertThat(read).containsExactly("a", "b", "c");
    }
  }

  @Test
  void unknownTopicIsNotCreatedOnUse() {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                TestKafka.bootstrapServers(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                1_500),
            new StringSerializer(),
            new StringSerializer())) {
      assertThatThrownBy(() -> producer.partitionsFor(TestKafka.uniqueName("nobody-made-me")))
          .hasMessageContaining("not present in metadata");
    }
  }

  @Test
  void springPropertiesPointAtBrokerAndAnEmptyDatabase() throws SQLException {
    Map<String, String> registry = new HashMap<>();
    TestInfrastructure.properties((key, value) -> registry.put(key, value.get().toString()));
    assertThat(registry)
        .containsEntry("spring.kafka.bootstrap-servers", TestKafka.bootstrapServers());
    TestDatabase database =
        new TestDatabase(
            registry.getOrDefault("spring.datasource.url", ""),
            registry.getOrDefault("spring.datasource.username", ""),
            registry.getOrDefault("spring.datasource.password", ""));
    assertThat(ask(database, "select 1")).isEqualTo("1");
  }

  private static String ask(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
