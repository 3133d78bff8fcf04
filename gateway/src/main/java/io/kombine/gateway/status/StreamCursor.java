package io.kombine.gateway.status;

/**
 * How far a stream has told its client.
 *
 * @param generation of the snapshot that it began from; another one means to begin again
 * @param offset everything up to it has been told
 */
record StreamCursor(int generation, long offset) {

  /** Nothing was told yet. */
  static final StreamCursor NOWHERE = new StreamCursor(-1, -1);
}
