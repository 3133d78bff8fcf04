package io.kombine.gateway.status;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much of the batches' state a replica keeps, and for how long.
 *
 * @param maxBatches batches kept at once, default 1000. At the bound the one that nobody has asked
 *     for the longest and that no stream watches is dropped; if streams watch all of them, a status
 *     is answered from a snapshot that is not kept, and a new stream is refused with 503
 * @param maxSteps steps of all kept batches together, default 500000; at the bound as with {@code
 *     maxBatches}, except that one batch is always kept, whatever its size
 * @param idleAfter a batch that nobody has asked for or streamed for so long is dropped, default 10
 *     min, at least 1 s
 * @param snapshotTimeout how long a request waits for a batch's snapshot, default 5 s, from 100 ms
 *     to 60 s; after it the answer is 503
 * @param concurrentSnapshots snapshots asked of batch-api at once, default 8; more wait
 * @param maxSnapshot largest snapshot read, default 128 MB; a larger one is an error, answered 503
 * @param maxBufferedEvents events of one batch kept while its snapshot is on the way, default
 *     10000; at the bound they are dropped and a newer snapshot is asked for
 * @param resumableChanges changes of one batch that a stream can resume over, default 4096; a
 *     stream that begins further behind begins with a new snapshot, one that falls further behind
 *     is cut
 * @param permissionTtl how long a key that batch-api showed a batch to may read it without being
 *     asked about again, default 1 min, from 1 s to 1 h; at most 64 keys a batch are remembered
 */
@Validated
@ConfigurationProperties("kombine.gateway.status")
record StatusProperties(
    @DefaultValue("1000") @Min(1) @Max(100_000) int maxBatches,
    @DefaultValue("500000") @Min(1) @Max(50_000_000) int maxSteps,
    @DefaultValue("10m") @NotNull Duration idleAfter,
    @DefaultValue("5s") @NotNull Duration snapshotTimeout,
    @DefaultValue("8") @Min(1) @Max(256) int concurrentSnapshots,
    @DefaultValue("128MB") @NotNull DataSize maxSnapshot,
    @DefaultValue("10000") @Min(1) @Max(1_000_000) int maxBufferedEvents,
    @DefaultValue("4096") @Min(16) @Max(1_000_000) int resumableChanges,
    @DefaultValue("1m") @NotNull Duration permissionTtl) {

  @AssertTrue(
      message =
          "kombine.gateway.status: idle-after must be at least 1s, snapshot-timeout from 100ms to"
              + " 60s, permission-ttl from 1s to 1h, max-snapshot at least 1MB")
  boolean isInBounds() {
    return idleAfter.toMillis() >= 1000
        && snapshotTimeout.toMillis() >= 100
        && snapshotTimeout.toSeconds() <= 60
        && permissionTtl.toMillis() >= 1000
        && permissionTtl.toHours() <= 1
        && maxSnapshot.toMegabytes() >= 1;
  }
}
