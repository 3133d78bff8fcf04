package io.kombine.system.crash;

import io.kombine.contracts.StepKind;
import io.kombine.contracts.Topics;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Records of steps and deliveries that no consumer has finished yet. */
final class Backlog {

  private static final Set<String> WORK =
      Stream.concat(
              Arrays.stream(StepKind.values()).map(StepKind::topic), Stream.of(Topics.DELIVERIES))
          .collect(Collectors.toUnmodifiableSet());

  private Backlog() {}

  static long of(String bootstrapServers) throws ExecutionException, InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      Map<String, ListConsumerGroupOffsetsSpec> groups =
          admin.listGroups().all().get().stream()
              .map(GroupListing::groupId)
              .collect(Collectors.toMap(group -> group, _ -> new ListConsumerGroupOffsetsSpec()));
      Collection<Map<TopicPartition, OffsetAndMetadata>> committed =
          admin.listConsumerGroupOffsets(groups).all().get().values();
      long backlog = 0;
      for (Map<TopicPartition, OffsetAndMetadata> offsets : committed) {
        backlog += behind(admin, offsets);
      }
      return backlog;
    }
  }

  private static long behind(Admin admin, Map<TopicPartition, OffsetAndMetadata> offsets)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends =
        offsets.keySet().stream()
            .filter(partition -> WORK.contains(partition.topic()))
            .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
    long behind = 0;
    for (var end : admin.listOffsets(ends).all().get().entrySet()) {
      behind += end.getValue().offset() - offsets.get(end.getKey()).offset();
    }
    return behind;
  }
}
