package io.kombine.batch.plan;

import io.kombine.contracts.ArtifactRef;
import org.jspecify.annotations.Nullable;

/**
 * What results are grouped by.
 *
 * @param index from 0
 * @param label for people, such as the source's file name
 * @param source the image it starts from, where it starts from one
 * @param sourceUrl as the client gave it, without credentials
 */
public record PlannedGroup(
    int index, String label, @Nullable ArtifactRef source, @Nullable String sourceUrl) {}
