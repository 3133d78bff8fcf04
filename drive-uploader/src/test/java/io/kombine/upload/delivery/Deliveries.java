package io.kombine.upload.delivery;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.DeliverFile;
import io.kombine.contracts.DeliveryEvent;
import io.kombine.contracts.Ids;
import io.kombine.worker.artifact.ArtifactStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Deliveries of one batch, for tests. */
final class Deliveries {

  final UUID batchId = Ids.next();
  final String folder = "Batch [" + batchId + "]";
  private final ArtifactStore artifacts;

  Deliveries(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  DeliverFile file(String text, String... path) {
    return file(Ids.next(), 1, text, path);
  }

  DeliverFile file(UUID deliveryId, int epoch, String text, String... path) {
    return of(deliveryId, epoch, store(text), path);
  }

  DeliverFile of(UUID deliveryId, int epoch, ArtifactRef artifact, String... path) {
    return new DeliverFile(
        DeliverFile.VERSION,
        deliveryId,
        batchId,
        Ids.next(),
        0,
        epoch,
        folder,
        List.of(path),
        artifact,
        path[path.length - 1].equals("manifest.json"));
  }

  private ArtifactRef store(String text) {
    try {
      return artifacts.put(text.getBytes(StandardCharsets.UTF_8), "image/jpeg");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DeliveryEvent answer(DeliveryAnswer answer) {
    return switch (answer) {
      case DeliveryAnswer.Answered(DeliveryEvent event) -> event;
      case DeliveryAnswer.Waiting waiting -> throw new AssertionError(waiting);
    };
  }
}
