package io.kombine.worker.consume;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the log of owned partitions below what is committed, since these topics keep their
 * records without limit and only one group reads them; others are left alone. A failure is logged
 * and made up for by the next round.
 */
final class LogTruncation implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LogTruncation.class);
  private static final long TIMEOUT_SECONDS = 30;

  private final Map<String, Object> adminConfiguration;
  private final PartitionIntake intake;
  private final Map<TopicPartition, Long> truncated = new HashMap<>();
  private final ScheduledExecutorService timer;

  LogTruncation(
      Map<String, Object> adminConfiguration,
      PartitionIntake intake,
      CappedTopic topic,
      ConsumeProperties properties) {
    this.adminConfiguration = adminConfiguration;
    this.intake = intake;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform()
                .daemon()
                .name("kombine-" + topic.stage() + "-truncation")
                .factory());
    long millis = properties.truncateInterval().toMillis();
    if (topic.ours()) {
      var unused = timer.scheduleWithFixedDelay(this::round, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void round() {
    Map<TopicPartition, Long> due = new HashMap<>();
    for (OwnedPartition owned : intake.partitions()) {
      if (owned.committed() > truncated.getOrDefault(owned.partition(), 0L)) {
        due.put(owned.partition(), owned.committed());
      }
    }
    if (due.isEmpty()) {
      return;
    }
    Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
    due.forEach(
        (partition, offset) -> deletions.put(partition, RecordsToDelete.beforeOffset(offset)));
    try (Admin admin = Admin.create(adminConfiguration)) {
      admin.deleteRecords(deletions).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      truncated.putAll(due);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      log.warn("The log of {} could not be truncated; tried again later", due, e);
    }
  }
}
