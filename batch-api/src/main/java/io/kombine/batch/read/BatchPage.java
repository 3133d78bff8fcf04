package io.kombine.batch.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.contracts.BatchView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Some batches of a list.
 *
 * @param nextCursor asks for those that follow; null at the end
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record BatchPage(List<BatchView> batches, @Nullable String nextCursor) {}
