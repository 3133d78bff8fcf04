package io.kombine.i2v.remote;

import io.kombine.worker.provider.Departure;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** HTTP clients that send each request once, whatever happens to it. */
public final class SentOnce {

  private SentOnce() {}

  /** A client that follows no redirect and repeats nothing. */
  public static HttpClient client(Duration connectTimeout) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(connectTimeout)
        // why: a redirect would send a paid request twice, and its key elsewhere
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  /**
   * An HTTP interface whose answers of every status are values.
   *
   * @param requestTimeout of one request
   */
  public static <A> A api(Class<A> type, URI baseUrl, HttpClient http, Duration requestTimeout) {
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
    requests.setReadTimeout(requestTimeout);
    RestClient client =
        RestClient.builder()
            .baseUrl(baseUrl.toString())
            .requestFactory(requests)
            .defaultStatusHandler(status -> true, (request, response) -> {})
            .requestInterceptor((request, body, execution) -> {
              Departure.now();
              return execution.execute(request, body);
            })
            .build();
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
        .build()
        .createClient(type);
  }

  /** Whether a request that failed so cannot have left this machine. */
  public static boolean neverSent(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof SSLHandshakeException) {
        return true;
      }
    }
    return false;
  }
}
