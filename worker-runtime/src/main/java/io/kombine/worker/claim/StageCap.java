package io.kombine.worker.claim;

/**
 * The most calls of a stage in flight, over all its workers.
 *
 * @param partitions of the stage's topic, from 1
 * @param permitsPerPartition from 1
 */
public record StageCap(int partitions, int permitsPerPartition) {

  public StageCap {
    if (partitions < 1 || permitsPerPartition < 1) {
      throw new IllegalArgumentException(
          "a stage needs at least one partition and one permit each, not "
              + partitions
              + " and "
              + permitsPerPartition);
    }
  }

  public int calls() {
    return partitions * permitsPerPartition;
  }
}
