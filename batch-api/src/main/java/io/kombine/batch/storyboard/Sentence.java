package io.kombine.batch.storyboard;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One sentence of a storyboard, checked.
 *
 * @param place from 0
 * @param text what is spoken
 * @param imagePrompt what is to be seen; absent until somebody has written it
 * @param cameraMovement such as {@code zoom_in}; absent for what the prompt says
 * @param motionStrength 0–1; absent for the model's own choice
 * @param voice of the audio model; absent for its first
 */
public record Sentence(
    UUID id,
    int place,
    String text,
    @Nullable String imagePrompt,
    @Nullable String cameraMovement,
    @Nullable BigDecimal motionStrength,
    @Nullable String voice) {}
