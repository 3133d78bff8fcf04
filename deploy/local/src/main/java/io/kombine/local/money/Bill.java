package io.kombine.local.money;

import java.math.BigDecimal;

/**
 * What one side says a step cost, all its calls together.
 *
 * @param calls how many entries there are
 * @param amount their sum, of those whose amount is known
 * @param unknown how many have an amount that nobody knows
 */
public record Bill(int calls, BigDecimal amount, int unknown) {

  static final Bill NONE = new Bill(0, BigDecimal.ZERO, 0);

  Bill plus(Bill other) {
    return new Bill(calls + other.calls, amount.add(other.amount), unknown + other.unknown);
  }
}
