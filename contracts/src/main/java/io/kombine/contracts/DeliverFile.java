package io.kombine.contracts;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The command on {@code deliveries}: put one file into the folder tree. Every path of a batch is
 * one file, however often it is asked for.
 *
 * @param epoch 1 from the worker; {@code retry-failed} takes the next
 * @param batchFolder name of the batch's own folder below the drive's root, unique per batch
 * @param path folder names from there down, then the file's name
 * @param manifest whether this is the batch's manifest, which comes last
 */
public record DeliverFile(
    int version,
    UUID deliveryId,
    UUID batchId,
    @Nullable UUID stepId,
    int outputIndex,
    int epoch,
    String batchFolder,
    List<String> path,
    ArtifactRef artifact,
    boolean manifest) {

  public static final int VERSION = 1;

  public DeliverFile {
    path = List.copyOf(path);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("path must name at least the file");
    }
  }
}
