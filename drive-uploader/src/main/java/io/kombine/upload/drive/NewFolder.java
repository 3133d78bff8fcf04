package io.kombine.upload.drive;

import org.jspecify.annotations.Nullable;

/**
 * A folder to create.
 *
 * @param id from {@link Drive#generateIds}
 * @param parentId of the folder it goes into; null is the drive's root
 */
public record NewFolder(String id, @Nullable String parentId, String name) {}
