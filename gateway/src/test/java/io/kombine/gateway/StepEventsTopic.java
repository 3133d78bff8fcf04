package io.kombine.gateway;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.Topics;
import io.kombine.testing.TestKafka;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

/** The topic as the services write it, keyed by batch. */
final class StepEventsTopic implements AutoCloseable {

  static final int PARTITIONS = 6;

  private static boolean created;

  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", TestKafka.bootstrapServers(), "linger.ms", "0"),
          new StringSerializer(),
          new ByteArraySerializer());

  StepEventsTopic() {
    create();
  }

  private static synchronized void create() {
    if (!created) {
      TestKafka.createTopic(Topics.STEP_EVENTS, PARTITIONS);
      created = true;
    }
  }

  static int partitionOf(UUID batchId) {
    return Utils.toPositive(Utils.murmur2(batchId.toString().getBytes())) % PARTITIONS;
  }

  /** Offset of the next record of the partition. */
  long end(int partition) {
    try (var admin =
        org.apache.kafka.clients.admin.Admin.create(
            Map.<String, Object>of("bootstrap.servers", TestKafka.bootstrapServers()))) {
      var tp = new org.apache.kafka.common.TopicPartition(Topics.STEP_EVENTS, partition);
      return admin
          .listOffsets(Map.of(tp, org.apache.kafka.clients.admin.OffsetSpec.latest()))
          .partitionResult(tp)
          .get(20, TimeUnit.SECONDS)
          .offset();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes, and tells the stub at which offset. */
  long write(StubBatchApi.Kept kept, StatusEvent event) {
    try {
      var written =
          producer
              .send(
                  new ProducerRecord<>(
                      Topics.STEP_EVENTS,
                      event.batchId().toString(),
                      ContractJson.mapper().writerFor(StatusEvent.class).writeValueAsBytes(event)))
              .get(20, TimeUnit.SECONDS);
      kept.written(written.offset(), event);
      return written.offset();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
