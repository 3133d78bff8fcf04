package io.kombine.batch.access;

/**
 * Whom a request acts for: batches, artifacts, quotes and idempotency keys belong to an owner, and
 * no other sees them. A controller asks for it as a parameter.
 *
 * @param name 1–100 characters
 */
public record Owner(String name) {

  public Owner {
    if (name.isBlank() || name.length() > 100) {
      throw new IllegalArgumentException("an owner's name has 1 to 100 characters");
    }
  }
}
