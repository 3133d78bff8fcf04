package io.kombine.upload.delivery;

import io.kombine.contracts.DeliveryState;
import io.kombine.contracts.StepProblem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One file as recorded: which delivery has its path, and how far that is.
 *
 * @param earlierSha256 of contents that earlier epochs may have put there, latest last
 * @param url set once delivered
 */
record FileRow(
    UUID batchId,
    String path,
    String driveId,
    UUID deliveryId,
    int epoch,
    DeliveryState state,
    String sha256,
    List<String> earlierSha256,
    @Nullable String url,
    @Nullable String folderUrl,
    @Nullable StepProblem problem) {}
