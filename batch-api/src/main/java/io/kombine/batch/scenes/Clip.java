package io.kombine.batch.scenes;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of a request for videos that holds what it must.
 *
 * @param prompt absent for the scene's own
 * @param jobId absent for the latest job that has the scene
 */
record Clip(String sceneId, @Nullable String prompt, @Nullable UUID jobId) {}
