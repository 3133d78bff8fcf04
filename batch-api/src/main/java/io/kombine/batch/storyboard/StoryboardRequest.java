package io.kombine.batch.storyboard;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be generated of a project, as it came.
 *
 * @param stages {@code audio}, {@code images}, {@code videos}; absent for all. They run in this
 *     order, whatever the order here
 * @param skipClean whether what is there and up to date is left as it is; absent for true
 */
public record StoryboardRequest(
    @Nullable UUID projectId,
    @Nullable List<@Nullable String> stages,
    @Nullable Boolean skipClean) {}
