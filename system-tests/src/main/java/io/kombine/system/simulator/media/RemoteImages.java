package io.kombine.system.simulator.media;

import io.kombine.system.simulator.http.BadRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;

/**
 * Gets an image that a request names by URL: {@code data:}, {@code http:} or {@code https:}. At
 * most {@value #MAX_BYTES} bytes and 10 seconds.
 */
public final class RemoteImages {

  /** Larger images are refused. */
  public static final int MAX_BYTES = 50 * 1024 * 1024;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  private RemoteImages() {}

  /**
   * The image's bytes.
   *
   * @throws BadRequestException when they cannot be had
   */
  public static byte[] fetch(String url) {
    if (url.startsWith("data:")) {
      int comma = url.indexOf(',');
      if (comma < 0 || !url.substring(0, comma).endsWith(";base64")) {
        throw new BadRequestException("The data URL is not base64.");
      }
      return base64(url.substring(comma + 1));
    }
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw new BadRequestException("The image is named by no URL.");
    }
    try {
      HttpResponse<InputStream> response =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] image = in.readNBytes(MAX_BYTES + 1);
        if (response.statusCode() != 200 || image.length > MAX_BYTES) {
          throw new BadRequestException("The image could not be downloaded.");
        }
        return image;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BadRequestException("The image could not be downloaded.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadRequestException("The image could not be downloaded.");
    }
  }

  /**
   * Decodes base64.
   *
   * @throws BadRequestException when it is none
   */
  public static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("The image is not base64.");
    }
  }
}
