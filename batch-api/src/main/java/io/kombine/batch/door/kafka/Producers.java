package io.kombine.batch.door.kafka;

import io.kombine.batch.access.KnownOwners;
import io.kombine.batch.door.kafka.KafkaDoorProperties.Producer;
import io.kombine.contracts.Topics;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Whose requests a topic's are. Fixed at start; a mapping that cannot be meant stops it. */
@Component
class Producers {

  private final Set<String> topics = new LinkedHashSet<>();
  private final Map<String, String> owners = new TreeMap<>();

  Producers(KafkaDoorProperties properties, KnownOwners known) {
    topics.add(Topics.GENERATION_REQUESTS);
    properties
        .producers()
        .forEach((name, producer) -> {
          topics.add(producer.topic());
          map(name, producer, known);
        });
  }

  /** The topics to be read, each once. */
  Set<String> topics() {
    return Set.copyOf(topics);
  }

  Optional<String> ownerOf(String topic) {
    return Optional.ofNullable(owners.get(topic));
  }

  private void map(String name, Producer producer, KnownOwners known) {
    String owner = producer.owner();
    if (owner == null || owner.isBlank()) {
      return;
    }
    if (!known.knows(owner)) {
      throw new IllegalStateException(
          "kombine.kafka-door.producers.%s.owner names %s, which is neither an owner in kombine.access.keys nor the default owner"
              .formatted(name, owner));
    }
    String other = owners.putIfAbsent(producer.topic(), owner);
    if (other != null && !Objects.equals(other, owner)) {
      throw new IllegalStateException(
          "kombine.kafka-door.producers maps %s to both %s and %s; a topic belongs to one owner"
              .formatted(producer.topic(), other, owner));
    }
  }
}
