package io.kombine.worker.consume;

import io.kombine.contracts.ContractJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.core.JacksonException;

/** Messages of the contracts as Kafka records: key as UTF-8, value as JSON. */
public final class ContractRecords {

  private ContractRecords() {}

  /** The record that carries a message. */
  public static ProducerRecord<String, byte[]> write(String topic, String key, Object message) {
    return new ProducerRecord<>(topic, key, ContractJson.mapper().writeValueAsBytes(message));
  }

  /**
   * The message that a record carries.
   *
   * @throws IllegalRecordException if it carries none, or one that breaks the contract
   */
  public static <T> T read(ConsumerRecord<String, byte[]> message, Class<T> type) {
    try {
      T read =
          message.value() == null ? null : ContractJson.mapper().readValue(message.value(), type);
      if (read == null) {
        throw new IllegalRecordException("the record carries no " + type.getSimpleName());
      }
      return read;
    } catch (JacksonException e) {
      throw new IllegalRecordException(
          "the record is no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }
}
