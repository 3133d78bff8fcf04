package io.kombine.gateway.status;

import io.kombine.contracts.ContractJson;
import io.kombine.gateway.route.RouteProperties;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
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

/** Asks batch-api which batch generates a project, with the client's own key. */
@Component
final class ProjectGenerations {

  private static final Logger log = LoggerFactory.getLogger(ProjectGenerations.class);
  private static final int MAX_BYTES = 1024 * 1024;

  private final CloseableHttpClient client;
  private final URI batchApi;
  private final StatusProperties properties;

  ProjectGenerations(
      CloseableHttpClient client, RouteProperties batchApi, StatusProperties properties) {
    this.client = client;
    this.batchApi = batchApi.url();
    this.properties = properties;
  }

  /**
   * A project's latest generation.
   *
   * @param batchId absent where there was none yet
   * @param sentences their ids by the batch's group index
   */
  record Generation(
      UUID projectId, @Nullable UUID batchId, boolean running, List<UUID> sentences) {}

  /** What batch-api answered. */
  sealed interface Answer {

    record Found(Generation generation) implements Answer {}

    /** There is no such project for this key. */
    record Unknown() implements Answer {}

    /** batch-api refuses the key: its answer is the client's. */
    record Refused(int status, byte[] problem) implements Answer {}

    record Unavailable() implements Answer {}
  }

  Answer ask(UUID projectId, @Nullable String apiKey) {
    HttpGet request =
        new HttpGet(batchApi.resolve("/internal/projects/" + projectId + "/generation"));
    Timeout timeout = Timeout.of(properties.snapshotTimeout());
    request.setConfig(
        RequestConfig.custom()
            .setResponseTimeout(timeout)
            .setConnectionRequestTimeout(timeout)
            .build());
    if (apiKey != null) {
      request.setHeader(Snapshots.API_KEY, apiKey);
    }
    try {
      return client.execute(request, ProjectGenerations::read);
    } catch (IOException | JacksonException e) {
      log.warn("The generation of project {} cannot be had: {}", projectId, e.toString());
      return new Answer.Unavailable();
    }
  }

  private static Answer read(ClassicHttpResponse response) throws IOException {
    byte[] body =
        response.getEntity() == null
            ? new byte[0]
            : response.getEntity().getContent().readNBytes(MAX_BYTES);
    return switch (response.getCode()) {
      case 200 -> new Answer.Found(ContractJson.mapper().readValue(body, Generation.class));
      case 404 -> new Answer.Unknown();
      case 401, 403, 429 -> new Answer.Refused(response.getCode(), body);
      default -> throw new IOException("batch-api answered " + response.getCode());
    };
  }
}
