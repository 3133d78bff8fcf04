package io.kombine.upload.drive;

import java.util.List;

/**
 * A place for folder trees, where things have ids that are known before the things are there: the
 * caller records them first and creates afterwards, as often as it takes.
 *
 * <p>What exists already under its id is success, so every method may be repeated at any time and
 * by several uploaders at once. Trouble is a value, never an exception: see {@link DriveOutcome}.
 * Implementations are safe for use by any number of threads and take part in no transaction; a call
 * may take as long as the bytes take.
 */
public interface Drive {

  /**
   * Ids for folders and files to come, in the order of their paths. Nothing is created; ids that
   * are never used cost nothing.
   *
   * @param paths names from the drive's root down, each checked by the caller
   */
  DriveOutcome<List<String>> generateIds(List<List<String>> paths);

  /**
   * Creates a folder whose parent exists.
   *
   * @return its URL, for people
   */
  DriveOutcome<String> createFolder(NewFolder folder);

  /**
   * Uploads a file into a folder that exists. Nobody sees a part of it, and {@code Done} means that
   * the drive holds bytes with the SHA-256 asked for, measured on what was written.
   *
   * <p>Bytes under this id that are none of {@link NewFile#replaceable()} are somebody else's and
   * are not replaced: the upload is refused.
   *
   * @param session where an interrupted upload goes on
   * @return its URL, for people
   */
  DriveOutcome<String> upload(NewFile file, FileContent content, UploadSession session);
}
