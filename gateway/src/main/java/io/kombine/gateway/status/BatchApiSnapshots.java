package io.kombine.gateway.status;

import io.kombine.contracts.BatchSnapshot;
import io.kombine.contracts.ContractJson;
import io.kombine.gateway.route.RouteProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Asks batch-api for snapshots, with the caller's own key, a bounded number at once. */
@Component
final class BatchApiSnapshots implements Snapshots {

  private static final Logger log = LoggerFactory.getLogger(BatchApiSnapshots.class);
  private static final int MAX_PROBLEM_BYTES = 16 * 1024;

  private final CloseableHttpClient client;
  private final URI batchApi;
  private final StatusProperties properties;
  private final Semaphore permits;

  BatchApiSnapshots(
      CloseableHttpClient client, RouteProperties batchApi, StatusProperties properties) {
    this.client = client;
    this.batchApi = batchApi.url();
    this.properties = properties;
    this.permits = new Semaphore(properties.concurrentSnapshots());
  }

  @Override
  public SnapshotAnswer ask(UUID batchId, long minOffset, @Nullable String apiKey) {
    try {
      if (!permits.tryAcquire(properties.snapshotTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        return new SnapshotAnswer.Unavailable("Too many statuses are being asked for.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SnapshotAnswer.Unavailable("The gateway is stopping.");
    }
    HttpGet request =
        new HttpGet(
            batchApi.resolve("/internal/batches/" + batchId + "/snapshot?min_offset=" + minOffset));
    request.setConfig(
        RequestConfig.custom()
            .setResponseTimeout(Timeout.of(properties.snapshotTimeout()))
            .setConnectionRequestTimeout(Timeout.of(properties.snapshotTimeout()))
            .build());
    if (apiKey != null) {
      request.setHeader(API_KEY, apiKey);
    }
    try {
      return client.execute(request, this::read);
    } catch (IOException | JacksonException e) {
      log.warn("The snapshot of batch {} cannot be had: {}", batchId, e.toString());
      return new SnapshotAnswer.Unavailable(
          "The service that keeps the batches cannot be reached.");
    } finally {
      permits.release();
    }
  }

  private SnapshotAnswer read(ClassicHttpResponse response) throws IOException {
    return switch (response.getCode()) {
      case 200 -> new SnapshotAnswer.Found(parse(response));
      case 404 -> new SnapshotAnswer.Unknown();
      case 401, 403, 429 ->
          new SnapshotAnswer.Refused(
              response.getCode(),
              response.getEntity() == null
                  ? new byte[0]
                  : response.getEntity().getContent().readNBytes(MAX_PROBLEM_BYTES));
      case 503 -> new SnapshotAnswer.Behind();
      default -> throw new IOException("batch-api answered " + response.getCode());
    };
  }

  private BatchSnapshot parse(ClassicHttpResponse response) throws IOException {
    if (response.getEntity() == null) {
      throw new IOException("the snapshot has no body");
    }
    try (InputStream in = response.getEntity().getContent()) {
      return ContractJson.mapper()
          .readValue(new BoundedInput(in, properties.maxSnapshot().toBytes()), BatchSnapshot.class);
    }
  }

  /** Fails when more than a limit is read. */
  private static final class BoundedInput extends java.io.FilterInputStream {

    private long left;

    BoundedInput(InputStream in, long limit) {
      super(in);
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = super.read(into, offset, length);
      return counted(n, n);
    }

    private int counted(int result, int bytes) throws IOException {
      if (result >= 0 && (left -= bytes) < 0) {
        throw new IOException("the snapshot is larger than kombine.gateway.status.max-snapshot");
      }
      return result;
    }
  }
}
