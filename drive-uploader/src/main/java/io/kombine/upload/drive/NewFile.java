package io.kombine.upload.drive;

import java.util.Set;

/**
 * A file to upload.
 *
 * @param id from {@link Drive#generateIds}
 * @param parentId of the folder it goes into
 * @param mediaType such as {@code image/jpeg}
 * @param bytes length
 * @param sha256 lower-case hexadecimal
 * @param replaceable SHA-256 of earlier content that Kombine itself put, or may have put, there
 */
public record NewFile(
    String id,
    String parentId,
    String name,
    String mediaType,
    long bytes,
    String sha256,
    Set<String> replaceable) {

  public NewFile {
    replaceable = Set.copyOf(replaceable);
  }
}
