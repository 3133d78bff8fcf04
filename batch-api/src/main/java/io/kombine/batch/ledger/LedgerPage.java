package io.kombine.batch.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Some entries, oldest first.
 *
 * @param nextCursor asks for those that follow; null at the end
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LedgerPage(List<LedgerEntry> entries, @Nullable String nextCursor) {}
