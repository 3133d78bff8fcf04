package io.kombine.batch.manifest;

import io.kombine.contracts.ArtifactRef;
import io.kombine.worker.artifact.ArtifactStore;
import io.kombine.worker.crash.CrashPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Writes manifests of batches that have run. No transaction is open while bytes are stored; several
 * replicas may write the same manifest, and one of them delivers it.
 */
@Service
class ManifestService {

  private static final Logger log = LoggerFactory.getLogger(ManifestService.class);

  /** Batches in one round; the rest follows in the next. */
  private static final int MOST = 100;

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
  private static final String JSON = "application/json";

  private final DueManifests due;
  private final ManifestDocument document;
  private final ArtifactStore artifacts;
  private final Clock clock;
  private Instant notBefore = Instant.MIN;

  ManifestService(
      DueManifests due, ManifestDocument document, ArtifactStore artifacts, Clock clock) {
    this.due = due;
    this.document = document;
    this.artifacts = artifacts;
    this.clock = clock;
  }

  /** One round; a store that fails is tried again after a pause. */
  @Scheduled(fixedDelay = 250)
  synchronized void run() {
    if (clock.instant().isBefore(notBefore)) {
      return;
    }
    for (DueManifest batch : due.find(MOST)) {
      try {
        ArtifactRef manifest = store(batch);
        CrashPoint.MANIFEST_STORED.reached(batch.batchId());
        if (due.deliver(batch, manifest)) {
          CrashPoint.MANIFEST_PLANNED.reached(batch.batchId());
          log.info("The manifest of batch {} is on its way", batch.batchId());
        }
      } catch (IOException e) {
        notBefore = clock.instant().plus(PAUSE_AFTER_FAILURE);
        log.warn(
            "The manifest of batch {} cannot be stored and is tried again in {}",
            batch.batchId(),
            PAUSE_AFTER_FAILURE,
            e);
        return;
      }
    }
  }

  private ArtifactRef store(DueManifest batch) throws IOException {
    Path file = Files.createTempFile("manifest-", ".json");
    try {
      document.write(batch.batchId(), file);
      return artifacts.put(file, JSON);
    } finally {
      Files.delete(file);
    }
  }
}
