package io.kombine.system.simulator.drive;

import io.kombine.system.simulator.call.Fingerprint;
import io.kombine.system.simulator.http.BadRequestException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A resumable upload under way. Used under its own lock. */
final class UploadSession {

  private static final int CHUNK = 256 * 1024;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");
  private static final Pattern PROBE = Pattern.compile("bytes \\*/(\\d+|\\*)");

  final DriveFile described;
  final boolean replaces;
  final String keyId;
  final String fields;
  final Instant expires;
  private final MessageDigest digest = Fingerprint.sha256();
  private long received;
  @Nullable DriveFile done;

  UploadSession(
      DriveFile described, boolean replaces, String keyId, String fields, Instant expires) {
    this.described = described;
    this.replaces = replaces;
    this.keyId = keyId;
    this.fields = fields;
    this.expires = expires;
  }

  long received() {
    return received;
  }

  /**
   * Takes a chunk.
   *
   * @param half whether only the first half of it is kept
   * @return whether that was the last one
   */
  boolean take(byte[] body, String contentRange, boolean half) {
    if (contentRange.isEmpty()) {
      keep(body, body.length);
      return true;
    }
    Matcher probe = PROBE.matcher(contentRange);
    if (probe.matches()) {
      return probe.group(1).equals(Long.toString(received));
    }
    Matcher range = RANGE.matcher(contentRange);
    if (!range.matches()) {
      throw new BadRequestException("Content-Range cannot be read.");
    }
    long from = Long.parseLong(range.group(1));
    long to = Long.parseLong(range.group(2));
    boolean last = range.group(3).equals(Long.toString(to + 1));
    if (to - from + 1 != body.length || from > received) {
      throw new BadRequestException("The chunk does not fit its range, or leaves a gap.");
    }
    if (!last && body.length % CHUNK != 0) {
      throw new BadRequestException("A chunk is a multiple of 256 KiB.");
    }
    int length = half ? body.length / 2 / CHUNK * CHUNK : body.length;
    int known = (int) Math.min(received - from, length);
    digest.update(body, known, length - known);
    received += length - known;
    return last && !half;
  }

  private void keep(byte[] body, int length) {
    digest.update(body, 0, length);
    received += length;
  }

  DriveFile finished() {
    return described.with(received, HexFormat.of().formatHex(digest.digest()));
  }
}
