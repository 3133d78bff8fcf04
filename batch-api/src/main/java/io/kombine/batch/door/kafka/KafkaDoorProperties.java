package io.kombine.batch.door.kafka;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may ask by Kafka, and how much at once. How many records wait in this process is {@code
 * kombine.consume.intake}, how large a request may be {@code kombine.body.max-size}.
 *
 * @param enabled whether requests are read and replies published; true by default. Replies are
 *     written all the same and wait
 * @param group the consumer group that replicas share; {@code kombine-requests} by default
 * @param permitsPerPartition requests worked on at once for each partition a process owns; default
 *     2, from 1 to 20. Further ones wait
 * @param publishBatch replies published in one round; default 500, from 1 to 5,000
 * @param producers by a name for operators; none by default. {@code generation.requests} is read in
 *     any case; what comes by a topic that belongs to no owner is rejected
 */
@Validated
@ConfigurationProperties("kombine.kafka-door")
record KafkaDoorProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("kombine-requests") @NotBlank String group,
    @DefaultValue("2") @Min(1) @Max(20) int permitsPerPartition,
    @DefaultValue("500") @Min(1) @Max(5_000) int publishBatch,
    @DefaultValue @Valid Map<String, Producer> producers) {

  /**
   * A service that asks.
   *
   * @param topic the one that it alone may write to: who writes is known by nothing else
   * @param owner whom it acts for: an owner of {@code kombine.access}; none where it is blank
   */
  record Producer(
      @Pattern(
              regexp = "[a-zA-Z0-9._-]{1,200}",
              message = "must be a topic's name of at most 200 characters")
          String topic,
      @Nullable String owner) {}
}
