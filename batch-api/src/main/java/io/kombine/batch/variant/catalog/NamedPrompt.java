package io.kombine.batch.variant.catalog;

import java.time.Instant;
import java.util.UUID;

/**
 * A prompt under a name: an image type with what it asks for by itself, or a template.
 *
 * @param prompt with placeholders
 */
public record NamedPrompt(UUID id, String name, String prompt, Instant createdAt) {}
