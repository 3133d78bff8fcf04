package io.kombine.system.simulator.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Playable H.264 videos of 5 and 10 seconds in three shapes, 480p. Each is told from the others by
 * a {@code free} box at its end, which players skip.
 */
public final class Videos {

  private static final Map<String, byte[]> LOADED = new ConcurrentHashMap<>();

  private Videos() {}

  /**
   * A video.
   *
   * @param image whose shape is followed as well as can be
   * @param seconds 5 or less gives 5, more gives 10
   * @param mark what makes this video's bytes its own
   */
  public static byte[] of(Pictures.Size image, int seconds, String mark) {
    byte[] video = LOADED.computeIfAbsent(name(image, seconds), Videos::load);
    byte[] note = mark.getBytes(StandardCharsets.UTF_8);
    int boxLength = 8 + note.length;
    return ByteBuffer.allocate(video.length + boxLength)
        .put(video)
        .putInt(boxLength)
        .put("free".getBytes(StandardCharsets.US_ASCII))
        .put(note)
        .array();
  }

  private static String name(Pictures.Size image, int seconds) {
    double ratio = (double) image.width() / image.height();
    String shape = ratio > 1.3 ? "16x9" : ratio < 0.77 ? "9x16" : "1x1";
    return "video-" + shape + "-" + (seconds <= 5 ? 5 : 10) + "s.mp4";
  }

  private static byte[] load(String name) {
    try (InputStream in = Videos.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the resource " + name + " cannot be read", e);
    }
  }
}
