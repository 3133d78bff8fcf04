package io.kombine.batch.variant.catalog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which products, newest first.
 *
 * @param query part of title or ASIN, in any case
 * @param variant only products that have a source image of it
 * @param before only products older than this one: the cursor
 * @param limit 1 to 500
 */
public record ProductFilter(
    @Nullable String query, @Nullable String variant, @Nullable UUID before, int limit) {}
