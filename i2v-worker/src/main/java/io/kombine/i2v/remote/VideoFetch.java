package io.kombine.i2v.remote;

import io.kombine.i2v.video.PosterFrame;
import io.kombine.i2v.video.ScratchFiles;
import io.kombine.i2v.video.VideoProbe;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Takes finished, paid videos from where their provider keeps them: fetched in at most three tries,
 * decoded to the end and measured. Thread-safe.
 */
public final class VideoFetch {

  private static final int TRIES = 3;
  private static final int BUFFER = 64 * 1024;

  private final String provider;
  private final HttpClient http;
  private final boolean plainHttp;
  private final Duration timeout;
  private final DataSize maxSize;
  private final ScratchFiles scratch;

  /**
   * Of one account.
   *
   * @param provider as people know it
   * @param baseUrl the provider's; videos at plain HTTP addresses are taken where it is one itself
   * @param timeout of one try
   * @param maxSize the largest video taken
   */
  public VideoFetch(
      String provider,
      URI baseUrl,
      HttpClient http,
      Duration timeout,
      DataSize maxSize,
      ScratchFiles scratch) {
    this.provider = provider;
    this.http = http;
    this.plainHttp = "http".equals(baseUrl.getScheme());
    this.timeout = timeout;
    this.maxSize = maxSize;
    this.scratch = scratch;
  }

  /** Where a video is. */
  @FunctionalInterface
  public interface Address {

    /**
     * Called before each try; before a later one it waits, and asks anew, since addresses run out.
     *
     * @param tried how often it was tried already
     * @return null where none is known
     */
    @Nullable String of(int tried) throws InterruptedException;
  }

  /** The outcome of a task that has ended well. */
  public ProviderOutcome take(String taskId, Address address) throws InterruptedException {
    Path file;
    try {
      file = scratch.create();
    } catch (IOException full) {
      return lost(taskId, "there is no room for it: " + full.getMessage());
    }
    boolean handedOver = false;
    try {
      String trouble = fetch(address, file);
      if (trouble != null) {
        return lost(taskId, trouble);
      }
      VideoProbe video = VideoProbe.of(file);
      ProducedOutput output =
          ProducedOutput.video(
              file,
              "video/mp4",
              video.widthPx(),
              video.heightPx(),
              video.seconds(),
              PosterFrame.of(file));
      handedOver = true;
      return ProviderOutcome.Succeeded.of(output);
    } catch (IOException broken) {
      return new ProviderOutcome.Retry(
          "What %s made is no usable video: %s".formatted(provider, broken.getMessage()),
          Charge.asPriced());
    } finally {
      if (!handedOver) {
        scratch.delete(List.of(file));
      }
    }
  }

  /** Paid and there, but out of reach for now: a person decides whether to pay again. */
  private ProviderOutcome lost(String taskId, String why) {
    return new ProviderOutcome.Ambiguous(
        "%s has made the video of task %s, but %s.".formatted(provider, taskId, why),
        Charge.asPriced());
  }

  private @Nullable String fetch(Address address, Path file) throws InterruptedException {
    String trouble = "";
    for (int tried = 0; tried < TRIES; tried++) {
      String url = address.of(tried);
      try {
        if (url == null) {
          throw new IOException("its address is missing");
        }
        download(url, file);
        return null;
      } catch (IOException failed) {
        trouble = String.valueOf(failed.getMessage());
      }
    }
    return trouble;
  }

  /** Sends no key along. */
  private void download(String url, Path file) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address(url)).timeout(timeout).build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("the result's address answers " + response.statusCode());
      }
      try (OutputStream out = Files.newOutputStream(file)) {
        copy(in, out, maxSize.toBytes());
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
    boolean allowed =
        "https".equals(address.getScheme()) || (plainHttp && "http".equals(address.getScheme()));
    if (address.getHost() == null || !allowed) {
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
