package io.kombine.worker.topic;

/** The most calls of a stage in flight in the whole cluster: {@link #calls()}. */
public record StageCap(int partitions, int permitsPerPartition) {

  public int calls() {
    return partitions * permitsPerPartition;
  }
}
