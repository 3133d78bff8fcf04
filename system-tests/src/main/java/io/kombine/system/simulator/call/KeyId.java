package io.kombine.system.simulator.call;

import java.nio.charset.StandardCharsets;

/** Names a key so that it can be shown: the first 12 hex digits of its SHA-256. */
public final class KeyId {

  private static final int DIGITS = 12;

  private KeyId() {}

  /** The name of a key, for Kling's tokens that of the access key. */
  public static String of(String key) {
    return new Fingerprint().add(key.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS);
  }
}
