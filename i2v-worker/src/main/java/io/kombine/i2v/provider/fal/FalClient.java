package io.kombine.i2v.provider.fal;

import io.kombine.contracts.ContractJson;
import io.kombine.i2v.remote.SentOnce;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Speaks to fal for one account. Each method sends one request and never a second. */
final class FalClient {

  private final FalApi api;
  private final FalAccount account;

  private FalClient(FalApi api, FalAccount account) {
    this.api = api;
    this.account = account;
  }

  static FalClient of(FalAccount account, HttpClient http) {
    return new FalClient(
        SentOnce.api(FalApi.class, account.baseUrl(), http, account.requestTimeout()), account);
  }

  /** Submits a request: the paid one. */
  FalExchange submit(String callKey, FalApp app, FalOrder order) throws InterruptedException {
    return exchange(
        () -> api.submit(at("/" + app.name()), authorization(), callKey, callKey, "1", order));
  }

  FalExchange status(String callKey, FalApp app, String requestId) throws InterruptedException {
    return exchange(() -> api.get(at(app.pathOf(requestId) + "/status"), authorization(), callKey));
  }

  FalExchange result(String callKey, FalApp app, String requestId) throws InterruptedException {
    return exchange(() -> api.get(at(app.pathOf(requestId)), authorization(), callKey));
  }

  FalExchange cancel(String callKey, FalApp app, String requestId) throws InterruptedException {
    return exchange(
        () -> api.cancel(at(app.pathOf(requestId) + "/cancel"), authorization(), callKey));
  }

  /**
   * Made from the account's own address, never from those that answers name: the key goes along.
   */
  private URI at(String path) {
    String base = account.baseUrl().toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  private String authorization() {
    return "Key " + account.apiKey();
  }

  private static FalExchange exchange(Supplier<ResponseEntity<byte[]>> request)
      throws InterruptedException {
    try {
      return read(request.get());
    } catch (RestClientException broken) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return SentOnce.neverSent(broken) ? new FalExchange.NotSent() : new FalExchange.Lost();
    }
  }

  private static FalExchange read(ResponseEntity<byte[]> answer) {
    HttpHeaders headers = answer.getHeaders();
    String retryable = headers.getFirst("X-Fal-Retryable");
    return new FalExchange.Answered(
        answer.getStatusCode().value(),
        json(answer.getBody()),
        headers.getFirst("x-fal-request-id"),
        retryable == null ? null : Boolean.valueOf(retryable),
        seconds(headers.getFirst(HttpHeaders.RETRY_AFTER)));
  }

  private static JsonNode json(byte @Nullable [] body) {
    try {
      return ContractJson.mapper().readTree(body == null ? new byte[0] : body);
    } catch (JacksonException garbled) {
      return ContractJson.mapper().missingNode();
    }
  }

  private static @Nullable Duration seconds(@Nullable String text) {
    return text == null || !text.matches("\\d{1,9}")
        ? null
        : Duration.ofSeconds(Long.parseLong(text));
  }
}
