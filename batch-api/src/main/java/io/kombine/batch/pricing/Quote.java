package io.kombine.batch.pricing;

import io.kombine.contracts.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * A priced plan that a later submit can be held to.
 *
 * @param planHash of what would run and of the prices
 * @param detail what the client was told, as JSON
 */
public record Quote(
    UUID quoteId,
    String owner,
    String planHash,
    String priceVersion,
    Money amount,
    String detail,
    Instant expiresAt) {}
