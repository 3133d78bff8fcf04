package io.kombine.testing;

/** A running Kafka broker. */
@FunctionalInterface
interface KafkaSource {

  String bootstrapServers();
}
