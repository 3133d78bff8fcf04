package io.kombine.batch.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What an owner may spend and has spent in all batches together.
 *
 * @param budget null for no limit
 * @param spent what calls were billed
 * @param held what is set aside for steps under way or of unknown outcome
 * @param available what the budget leaves for new steps; null without a budget, less than nothing
 *     where calls cost more than was held for them
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Account(
    String owner,
    String currency,
    @Nullable BigDecimal budget,
    BigDecimal spent,
    BigDecimal held,
    @Nullable BigDecimal available) {}
