package io.kombine.batch.read;

import io.kombine.contracts.BatchKind;
import io.kombine.contracts.BatchStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which of an owner's batches are listed, newest first.
 *
 * @param name a part of the name, whatever its case
 * @param before list only batches older than this one
 * @param limit 1 to {@value #MAX_LIMIT}
 */
public record BatchFilter(
    @Nullable BatchKind kind,
    @Nullable BatchStatus status,
    @Nullable String name,
    @Nullable UUID before,
    int limit) {

  public static final int MAX_LIMIT = 200;
}
