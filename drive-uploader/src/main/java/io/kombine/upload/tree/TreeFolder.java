package io.kombine.upload.tree;

/**
 * The folder that a file goes into.
 *
 * @param batchFolderUrl URL of the batch's own folder, for people
 */
public record TreeFolder(String driveId, String batchFolderUrl) {}
