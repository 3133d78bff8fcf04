package io.kombine.worker.artifact;

/**
 * What a store answers to a put.
 *
 * @param sha256 content hash, 64 lowercase hexadecimal digits
 * @param mediaType the declared type
 * @param bytes size
 */
public record StoredArtifact(String sha256, String mediaType, long bytes) {}
