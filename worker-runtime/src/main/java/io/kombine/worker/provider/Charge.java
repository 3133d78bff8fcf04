package io.kombine.worker.provider;

import io.kombine.contracts.Money;
import io.kombine.contracts.StepPrice;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the provider bills for a call. */
public sealed interface Charge {

  /** Nothing. */
  record None() implements Charge {}

  /** What the step was priced at. */
  record AsPriced() implements Charge {}

  /** An amount that the provider names. */
  record Billed(Money amount) implements Charge {}

  /** Tokens, at the step's token prices. */
  record Tokens(long textInput, long imageInput, long output) implements Charge {
    public Tokens {
      if (textInput < 0 || imageInput < 0 || output < 0) {
        throw new IllegalArgumentException("token counts must not be negative");
      }
    }
  }

  /** Nobody can tell. */
  record Unknown() implements Charge {}

  static Charge none() {
    return new None();
  }

  static Charge asPriced() {
    return new AsPriced();
  }

  static Charge unknown() {
    return new Unknown();
  }

  /** The cost at a step's price; null where nothing is billed or nobody knows. */
  default @Nullable Money costAt(StepPrice price) {
    return switch (this) {
      case None _, Unknown _ -> null;
      case AsPriced _ -> price.amount();
      case Billed billed -> billed.amount();
      case Tokens tokens -> ofTokens(tokens, price);
    };
  }

  private static Money ofTokens(Tokens used, StepPrice price) {
    StepPrice.TokenPrices prices =
        Objects.requireNonNull(price.tokens(), "the step is not priced by tokens");
    BigDecimal perMillion =
        prices
            .textInput()
            .multiply(BigDecimal.valueOf(used.textInput()))
            .add(prices.imageInput().multiply(BigDecimal.valueOf(used.imageInput())))
            .add(prices.output().multiply(BigDecimal.valueOf(used.output())));
    return new Money(perMillion.movePointLeft(6), price.amount().currency());
  }
}
