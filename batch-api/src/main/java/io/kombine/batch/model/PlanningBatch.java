package io.kombine.batch.model;

import io.kombine.batch.model.NewBatch.Idempotency;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.Money;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A checked request whose plan cannot be made yet: what it starts from is still to be found.
 *
 * @param name as the client gave it
 * @param folderName safe for every file system, at most 80 characters; the time of acceptance is
 *     added to it
 * @param request the body as it came, as JSON, for the client's own view of the batch
 * @param expected what is known of its price; nothing where nothing is
 * @param maxCost what it may cost at most, in the currency of {@code expected}; absent for no limit
 * @param idempotency absent where the client sent no key
 * @param reuse whether steps take outputs that equal steps of the owner have made
 * @param groupLimit how many of its groups may be in progress at once; absent for any number
 */
public record PlanningBatch(
    String owner,
    BatchKind kind,
    String name,
    String folderName,
    String request,
    Money expected,
    @Nullable BigDecimal maxCost,
    @Nullable UUID quoteId,
    @Nullable Idempotency idempotency,
    boolean reuse,
    @Nullable Integer groupLimit) {}
