package io.kombine.system.simulator.call;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over the parts of a request, each with its length. Used by one thread, once. */
public final class Fingerprint {

  private final MessageDigest digest = sha256();
  private boolean first = true;

  /** A fresh SHA-256, which every Java platform has. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Adds a part. */
  public Fingerprint add(byte[] part) {
    // why: one part alone is hashed plainly, so that its name is the common SHA-256
    if (!first) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
    }
    first = false;
    digest.update(part);
    return this;
  }

  /** Adds a part as UTF-8. */
  public Fingerprint add(String part) {
    return add(part.getBytes(StandardCharsets.UTF_8));
  }

  /** The result; nothing may be added afterwards. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
