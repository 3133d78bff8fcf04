package io.kombine.contracts;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a step costs by the price book it was planned with.
 *
 * @param priceVersion of the price book
 * @param amount the expected cost, which a quote adds up; the actual cost where {@code tokens} is
 *     absent
 * @param hold what admission sets aside: {@code amount}, or the configured maximum of a
 *     token-priced call
 * @param tokens present where the provider bills by tokens: the actual cost then follows from the
 *     answer's usage
 */
public record StepPrice(
    String priceVersion, Money amount, Money hold, @Nullable TokenPrices tokens) {

  /** Prices of one million tokens, in the currency of {@code amount}. */
  public record TokenPrices(BigDecimal textInput, BigDecimal imageInput, BigDecimal output) {}

  /** A price known before the call. */
  public static StepPrice fixed(String priceVersion, Money amount) {
    return new StepPrice(priceVersion, amount, amount, null);
  }
}
