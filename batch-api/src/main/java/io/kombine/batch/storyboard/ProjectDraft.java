package io.kombine.batch.storyboard;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body that creates a project or changes one, as it came: anything may be missing or wrong.
 *
 * @param sentences only where a project is created
 */
public record ProjectDraft(
    @Nullable String name,
    @Nullable String audioModel,
    @Nullable String imageModel,
    @Nullable String videoModel,
    @Nullable String resolution,
    @Nullable BigDecimal durationSec,
    @Nullable List<@Nullable SentenceDraft> sentences) {}
