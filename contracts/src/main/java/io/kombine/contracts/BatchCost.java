package io.kombine.contracts;

import java.math.BigDecimal;

/**
 * A batch's money, in one currency.
 *
 * @param quoted what the plan was priced at
 * @param spent what is billed so far
 * @param held set aside for admitted steps and granted children
 * @param toFinish expected for the steps that may still run
 */
public record BatchCost(
    String currency, BigDecimal quoted, BigDecimal spent, BigDecimal held, BigDecimal toFinish) {}
