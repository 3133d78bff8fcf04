package io.kombine.batch.source;

import io.kombine.contracts.ArtifactRef;
import org.jspecify.annotations.Nullable;

/**
 * A request's source image.
 *
 * @param url as the client gave it, without what could be a credential
 * @param name the file's name, for people and folders; not safe for a path yet
 * @param artifact absent where only a price was asked for and nothing was fetched
 */
public record SourceImage(String url, String name, @Nullable ArtifactRef artifact) {}
