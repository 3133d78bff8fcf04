package io.kombine.batch.artifact.fetch;

import io.kombine.batch.artifact.fetch.PublicAddresses.PrivateAddressException;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads files from http and https addresses of the public internet into a file, following up to
 * {@value #MAX_REDIRECTS} redirects, each judged like the first address. Sends no credentials,
 * keeps no cookies, uses no proxy. Blocks its thread, meant to be a virtual one; an interrupt ends
 * it. Thread-safe.
 */
@Component
public final class ImageFetcher {

  static final int MAX_REDIRECTS = 3;
  private static final int MAX_CONNECTIONS_PER_HOST = 6;

  private final FetchProperties properties;
  private final Semaphore places;
  private final CloseableHttpClient client;

  ImageFetcher(FetchProperties properties) {
    this.properties = properties;
    this.places = new Semaphore(properties.maxConcurrent());
    Timeout timeout = Timeout.of(properties.timeout());
    Timeout silence = Timeout.ofSeconds(Math.min(10, properties.timeout().toSeconds()));
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new PublicAddresses(properties.allowedPrivateHosts()))
                    .setMaxConnTotal(properties.maxConcurrent())
                    .setMaxConnPerRoute(MAX_CONNECTIONS_PER_HOST)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.ofSeconds(5))
                            .setSocketTimeout(silence)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(timeout)
                    .setResponseTimeout(silence)
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("Kombine")
            .build();
  }

  /**
   * Reads what an address holds into the file, which is overwritten.
   *
   * @throws FetchRefusedException when the address is private, unreachable, answers with an error
   *     or with more bytes than are taken
   */
  public void fetch(URI address, Path target) throws IOException, InterruptedException {
    fetch(address, target, any -> true);
  }

  /**
   * The same, going nowhere but to addresses of a kind.
   *
   * @param allowed asked of the address and of every redirect
   * @return the address that had the file
   */
  public URI fetch(URI address, Path target, Predicate<URI> allowed)
      throws IOException, InterruptedException {
    if (!places.tryAcquire(properties.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
      throw new FetchRefusedException("could not be fetched in time; try again");
    }
    try {
      long deadline = System.nanoTime() + properties.timeout().toNanos();
      URI last = address;
      URI next = address;
      for (int redirects = 0; next != null; redirects++) {
        if (redirects > MAX_REDIRECTS) {
          throw new FetchRefusedException("redirects more than " + MAX_REDIRECTS + " times");
        }
        if (!allowed.test(next)) {
          throw new FetchRefusedException("leads away to " + next.getHost());
        }
        last = next;
        next = read(next, target, deadline);
      }
      return last;
    } finally {
      places.release();
    }
  }

  private @Nullable URI read(URI address, Path target, long deadline) throws IOException {
    try {
      return client.execute(
          new HttpGet(address), answer -> take(address, answer, target, deadline));
    } catch (FetchRefusedException refused) {
      throw refused;
    } catch (PrivateAddressException hidden) {
      throw new FetchRefusedException("leads to a private address, which is refused", hidden);
    } catch (UnknownHostException unknown) {
      throw new FetchRefusedException("names a host that cannot be found", unknown);
    } catch (IOException failure) {
      throw new FetchRefusedException("cannot be reached or stops answering", failure);
    }
  }

  private @Nullable URI take(URI address, ClassicHttpResponse answer, Path target, long deadline)
      throws IOException {
    int status = answer.getCode();
    Header location = answer.getFirstHeader("Location");
    if (status >= 300 && status < 400 && location != null) {
      return redirect(address, location.getValue());
    }
    if (status != 200 || answer.getEntity() == null) {
      throw new FetchRefusedException("is answered with HTTP status " + status);
    }
    long limit = properties.maxSize().toBytes();
    if (answer.getEntity().getContentLength() > limit) {
      throw tooLarge();
    }
    try (InputStream in = answer.getEntity().getContent();
        OutputStream out = Files.newOutputStream(target)) {
      copy(in, out, limit, deadline);
    }
    return null;
  }

  private void copy(InputStream in, OutputStream out, long limit, long deadline)
      throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long total = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      total += n;
      if (total > limit) {
        throw tooLarge();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new FetchRefusedException(
            "takes longer than " + properties.timeout().toSeconds() + " s");
      }
      out.write(buffer, 0, n);
    }
  }

  private FetchRefusedException tooLarge() {
    return new FetchRefusedException(
        "is larger than " + properties.maxSize().toMegabytes() + " MB");
  }

  private static URI redirect(URI from, String location) throws FetchRefusedException {
    try {
      URI to = from.resolve(new URI(location));
      if (!isFetchable(to)) {
        throw new FetchRefusedException("redirects to something that is no http or https address");
      }
      return to;
    } catch (URISyntaxException unusable) {
      throw new FetchRefusedException("redirects to something that is no address", unusable);
    }
  }

  /** Whether an address is absolute http or https with a host and without credentials. */
  public static boolean isFetchable(URI address) {
    String scheme = address.getScheme();
    return scheme != null
        && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
        && address.getHost() != null
        && address.getRawUserInfo() == null;
  }

  @PreDestroy
  void close() throws IOException {
    client.close();
  }
}
