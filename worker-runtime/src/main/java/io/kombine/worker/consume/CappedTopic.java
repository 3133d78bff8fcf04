package io.kombine.worker.consume;

import java.util.regex.Pattern;

/**
 * A topic to consume under a cap.
 *
 * @param stage the stage's name in metrics, logs and thread names: a to z, 0 to 9 and {@code -}
 * @param group the consumer group, shared by all processes of the stage
 * @param permitsPerPartition permits a process has for each partition it owns, from 1 to 100
 * @param ours whether Kombine alone writes and the group alone reads it: then its log is deleted
 *     below the committed offsets, and records without key or value are dead letters unseen
 */
public record CappedTopic(
    String stage, String topic, String group, int permitsPerPartition, boolean ours) {

  private static final Pattern STAGE = Pattern.compile("[a-z0-9-]{1,40}");
  private static final int MAX_PERMITS = 100;

  /** A topic between services of Kombine. */
  public CappedTopic(String stage, String topic, String group, int permitsPerPartition) {
    this(stage, topic, group, permitsPerPartition, true);
  }

  public CappedTopic {
    if (!STAGE.matcher(stage).matches()) {
      throw new IllegalArgumentException("'" + stage + "' is no name of a stage");
    }
    if (permitsPerPartition < 1 || permitsPerPartition > MAX_PERMITS) {
      throw new IllegalArgumentException(
          "permits per partition must be from 1 to 100, not " + permitsPerPartition);
    }
  }
}
