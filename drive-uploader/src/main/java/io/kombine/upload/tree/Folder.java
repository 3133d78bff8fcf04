package io.kombine.upload.tree;

import org.jspecify.annotations.Nullable;

/**
 * One folder as recorded.
 *
 * @param url for people; null until the folder is known to exist
 */
record Folder(String path, String driveId, @Nullable String url) {}
