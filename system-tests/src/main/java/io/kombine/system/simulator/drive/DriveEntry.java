package io.kombine.system.simulator.drive;

import java.time.Instant;

/**
 * A file or folder as the auditor sees it.
 *
 * @param path names from {@code /root} or the shared drive's id downwards; not unique, for names
 *     are not
 * @param size in bytes
 * @param sha256 of the content, in hex; empty for folders
 */
public record DriveEntry(
    String path, String id, String mimeType, long size, String sha256, Instant created) {}
