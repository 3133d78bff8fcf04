package io.kombine.batch.variant.catalog;

import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.artifact.OwnedArtifacts;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.source.SourceImage;
import io.kombine.batch.source.SourceImages;
import io.kombine.contracts.ArtifactRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Picks each product's source image with the most pixels, as measured. Images that are still an
 * address are fetched first, several at a time, and kept, so that nobody fetches them again.
 */
@Service
public class SourcePicks {

  private static final int FETCHED_AT_ONCE = 6;

  /** How long one call fetches; what it has by then is kept for the next. */
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private final JdbcClient jdbc;
  private final SourceImages sources;
  private final OwnedArtifacts artifacts;

  SourcePicks(JdbcClient jdbc, SourceImages sources, OwnedArtifacts artifacts) {
    this.jdbc = jdbc;
    this.sources = sources;
    this.artifacts = artifacts;
  }

  /**
   * The best images by product.
   *
   * @param reasons why a product has none, for those that have none
   */
  public record Picks(Map<UUID, OwnedArtifact> images, Map<UUID, String> reasons) {

    public Picks {
      images = Map.copyOf(images);
      reasons = Map.copyOf(reasons);
    }
  }

  /**
   * Picks for products of an owner. Blocks while addresses are fetched.
   *
   * @throws ProblemException when they could not all be fetched in time; asking again goes on
   */
  public Picks pick(String owner, List<UUID> products, String variant)
      throws IOException, InterruptedException {
    fetch(owner, pending(owner, products, variant));
    Map<UUID, OwnedArtifact> images = new HashMap<>();
    Map<UUID, String> reasons = new HashMap<>();
    record Best(UUID productId, @Nullable UUID artifactId, @Nullable String problem) {}
    List<Best> best =
        jdbc.sql(
                """
                SELECT DISTINCT ON (product_id) product_id, artifact_id, problem
                FROM product_images WHERE owner = ? AND variant = ? AND product_id = ANY (?)
                ORDER BY product_id, artifact_id IS NULL,
                  width_px::bigint * height_px DESC NULLS LAST, image_id
                """)
            .params(owner, variant, products.toArray(UUID[]::new))
            .query(Best.class)
            .list();
    for (Best each : best) {
      if (each.artifactId() == null) {
        reasons.put(
            each.productId(), "its %s image %s".formatted(variant, String.valueOf(each.problem())));
      } else {
        artifacts
            .find(owner, each.artifactId())
            .ifPresent(artifact -> images.put(each.productId(), artifact));
      }
    }
    for (UUID product : products) {
      if (!images.containsKey(product)) {
        reasons.putIfAbsent(product, "has no " + variant + " image");
      }
    }
    return new Picks(images, reasons);
  }

  private record Pending(UUID imageId, String url) {}

  private List<Pending> pending(String owner, List<UUID> products, String variant) {
    return jdbc.sql(
            """
            SELECT image_id, url FROM product_images
            WHERE owner = ? AND variant = ? AND product_id = ANY (?) AND artifact_id IS NULL
            ORDER BY image_id
            """)
        .params(owner, variant, products.toArray(UUID[]::new))
        .query(Pending.class)
        .list();
  }

  private void fetch(String owner, List<Pending> pending) throws IOException, InterruptedException {
    if (pending.isEmpty()) {
      return;
    }
    ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>(pending);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Future<?>> workers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < Math.min(FETCHED_AT_ONCE, pending.size()); i++) {
        workers.add(
            threads.submit(() -> {
              for (Pending next = queue.poll();
                  next != null && System.nanoTime() - deadline < 0;
                  next = queue.poll()) {
                fetch(owner, next);
              }
              return null;
            }));
      }
      threads.shutdown();
      threads.awaitTermination(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
    }
    for (Future<?> worker : workers) {
      if (worker.state() == Future.State.FAILED
          && worker.exceptionNow() instanceof IOException broken) {
        throw broken;
      }
    }
    if (System.nanoTime() - deadline >= 0) {
      throw new ProblemException(
          ProblemType.BUSY,
          "Not all of %d source images could be fetched in time; ask again to go on."
              .formatted(pending.size()));
    }
  }

  private void fetch(String owner, Pending image) throws IOException {
    try {
      SourceImage fetched = sources.resolve(owner, "url", List.of(image.url())).getFirst();
      ArtifactRef artifact = Objects.requireNonNull(fetched.artifact());
      UUID id = artifacts.register(owner, artifact, null);
      jdbc.sql(
              """
              UPDATE product_images SET artifact_id = ?, width_px = ?, height_px = ?, problem = NULL
              WHERE image_id = ?
              """)
          .param(id)
          .param(artifact.widthPx())
          .param(artifact.heightPx())
          .param(image.imageId())
          .update();
    } catch (ProblemException unusable) {
      String reason =
          unusable.errors().isEmpty() ? unusable.detail() : unusable.errors().getFirst().message();
      jdbc.sql("UPDATE product_images SET problem = ? WHERE image_id = ?")
          .params(reason, image.imageId())
          .update();
    }
  }
}
