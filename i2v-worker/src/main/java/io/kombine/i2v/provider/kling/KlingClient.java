package io.kombine.i2v.provider.kling;

import io.kombine.contracts.ContractJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.core.JacksonException;

/** Speaks to Kling for one account. Each method sends one request and never a second. */
final class KlingClient {

  private static final Logger log = LoggerFactory.getLogger(KlingClient.class);

  private static final int BUFFER = 64 * 1024;

  private final KlingApi api;
  private final KlingCredentials credentials;
  private final HttpClient http;
  private final KlingAccount account;

  private KlingClient(
      KlingApi api, KlingCredentials credentials, HttpClient http, KlingAccount account) {
    this.api = api;
    this.credentials = credentials;
    this.http = http;
    this.account = account;
  }

  static KlingClient of(KlingAccount account, Clock clock) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(account.connectTimeout())
            // why: a redirect would send a paid request twice, and its key elsewhere
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
    requests.setReadTimeout(account.requestTimeout());
    RestClient client =
        RestClient.builder()
            .baseUrl(account.baseUrl().toString())
            .requestFactory(requests)
            .defaultStatusHandler(status -> true, (request, response) -> {})
            .build();
    KlingApi api =
        HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
            .build()
            .createClient(KlingApi.class);
    return new KlingClient(api, new KlingCredentials(account, clock), http, account);
  }

  /** Creates a task: the paid request. */
  KlingExchange create(KlingOrder order) throws InterruptedException {
    return exchange(() -> api.create(credentials.header(), order.externalTaskId(), order));
  }

  /** Asks for a task by Kling's id or by our own. */
  KlingExchange task(String callKey, String id) throws InterruptedException {
    return exchange(() -> api.task(credentials.header(), callKey, id));
  }

  private static KlingExchange exchange(Supplier<ResponseEntity<byte[]>> request)
      throws InterruptedException {
    try {
      return read(request.get());
    } catch (RestClientException broken) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return neverSent(broken) ? new KlingExchange.NotSent() : new KlingExchange.Lost();
    }
  }

  private static KlingExchange read(ResponseEntity<byte[]> answer) {
    int status = answer.getStatusCode().value();
    byte[] body = answer.getBody();
    try {
      KlingReply reply =
          ContractJson.mapper().readValue(body == null ? new byte[0] : body, KlingReply.class);
      if (reply != null) {
        return new KlingExchange.Answered(status, reply);
      }
    } catch (JacksonException garbled) {
      log.debug("Kling's answer of status {} is no JSON of its own", status, garbled);
    }
    // why: a status without Kling's words, as gateways give it, still says that nothing was made
    return status >= 300
        ? new KlingExchange.Answered(status, new KlingReply(status, null, null))
        : new KlingExchange.Lost();
  }

  private static boolean neverSent(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof SSLHandshakeException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Writes a result into a file; sends no key along.
   *
   * @throws IOException when it does not come whole, or is larger than the account takes
   */
  void download(String url, Path file) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address(url)).timeout(account.requestTimeout()).build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("the result's address answers " + response.statusCode());
      }
      try (OutputStream out = Files.newOutputStream(file)) {
        copy(in, out, account.maxVideoSize().toBytes());
      }
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw e;
    }
  }

  private URI address(String url) throws IOException {
    URI address;
    try {
      address = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new IOException("the result has no usable address", e);
    }
    boolean http =
        "http".equals(address.getScheme()) && "http".equals(account.baseUrl().getScheme());
    if (address.getHost() == null || !(http || "https".equals(address.getScheme()))) {
      throw new IOException("the result has no usable address");
    }
    return address;
  }

  private static void copy(InputStream in, OutputStream out, long limit) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long copied = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      copied += read;
      if (copied > limit) {
        throw new IOException("the video has more than " + limit + " bytes");
      }
      out.write(buffer, 0, read);
    }
  }
}
