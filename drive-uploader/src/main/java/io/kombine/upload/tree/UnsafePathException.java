package io.kombine.upload.tree;

/**
 * A path that some file system could not keep, or would keep elsewhere; the message is for users.
 */
public final class UnsafePathException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnsafePathException(String message) {
    super(message);
  }
}
