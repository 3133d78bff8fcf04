package io.kombine.upload.drive;

import java.util.Optional;

/**
 * What a drive wants to remember of one upload until it is done, so that any uploader can go on
 * with it after a crash. Worth its write for large files only.
 */
public interface UploadSession {

  /** The longest text that is kept, in characters. */
  int MAX_CHARS = 2000;

  /** What was kept last for this file and content. */
  Optional<String> find();

  /**
   * Keeps a text for the next try; when this returns it survives a crash.
   *
   * @param text at most {@link #MAX_CHARS}
   */
  void keep(String text);
}
