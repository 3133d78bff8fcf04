package io.kombine.batch.storyboard;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A sentence as it came: anything may be missing or wrong.
 *
 * @param position where it is put when it is added, from 1; absent for the end
 */
public record SentenceDraft(
    @Nullable String text,
    @Nullable String imagePrompt,
    @Nullable String cameraMovement,
    @Nullable BigDecimal motionStrength,
    @Nullable String voice,
    @Nullable Integer position) {}
