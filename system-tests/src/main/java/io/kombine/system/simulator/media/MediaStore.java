package io.kombine.system.simulator.media;

import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What result URLs lead to. An expired one answers 403, as signed URLs do, an unknown one 404.
 * Thread-safe. Holds at most {@value #MAX_BYTES} bytes and {@value #MAX_RESULTS} results; the
 * oldest go first, and are counted.
 */
public final class MediaStore {

  /** Path under which results are found. */
  public static final String PATH = "/media/";

  /** Most bytes that are kept. */
  public static final long MAX_BYTES = 256L * 1024 * 1024;

  /** Most results that are kept. */
  public static final int MAX_RESULTS = 500_000;

  private final Clock clock;
  private final Map<String, Held> results = new LinkedHashMap<>();
  private long bytes;
  private long evicted;

  private record Held(String contentType, Supplier<byte[]> content, long weight, Instant expires) {}

  /** Without results. */
  public MediaStore(Clock clock) {
    this.clock = clock;
  }

  /**
   * Keeps bytes.
   *
   * @return the path to them
   */
  public String keep(
      Vendor vendor, String contentType, String extension, byte[] content, Instant expires) {
    return put(new Held(contentType, () -> content, content.length, expires), vendor, extension);
  }

  /** Keeps a video, which is made anew whenever it is asked for. */
  public String keepVideo(
      Vendor vendor, Pictures.Size image, int seconds, String mark, Instant expires) {
    return put(
        new Held("video/mp4", () -> Videos.of(image, seconds, mark), mark.length(), expires),
        vendor,
        "mp4");
  }

  private synchronized String put(Held held, Vendor vendor, String extension) {
    String path = PATH + vendor.word() + "/" + UUID.randomUUID() + "." + extension;
    results.put(path, held);
    bytes += held.weight;
    Iterator<Held> oldest = results.values().iterator();
    while (bytes > MAX_BYTES || results.size() > MAX_RESULTS) {
      bytes -= oldest.next().weight;
      oldest.remove();
      evicted++;
    }
    return path;
  }

  /** Answers a download. */
  public Answer answer(Request request) {
    Held held;
    synchronized (this) {
      held = results.get(request.path());
    }
    if (held == null) {
      return Answer.empty(404);
    }
    if (!clock.instant().isBefore(held.expires)) {
      return expired();
    }
    return Answer.bytes(200, held.contentType, held.content.get());
  }

  /** How a result is answered whose time is over. */
  static Answer expired() {
    return Answer.bytes(403, "text/plain", "URL has expired".getBytes(StandardCharsets.UTF_8));
  }

  /** How many results had to go before they expired. */
  public synchronized long evicted() {
    return evicted;
  }

  /** Lets go of everything. */
  public synchronized void reset() {
    results.clear();
    bytes = 0;
    evicted = 0;
  }
}
