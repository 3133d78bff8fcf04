package io.kombine.system.simulator.invoice;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * What one unit costs.
 *
 * @param item names joined by {@code :}, where {@code *} stands for any one name, such as {@code
 *     openai:image:gpt-image-1:medium:*}
 * @param amount in USD, at least 0
 */
public record PriceRule(String item, BigDecimal amount) {

  /** Checks the bounds. */
  @SuppressWarnings("ConstantValue") // why: JSON leaves what is missing null
  public PriceRule {
    if (item == null || amount == null || amount.signum() < 0) {
      throw new IllegalArgumentException("a price has an item and an amount of at least 0");
    }
  }

  boolean covers(String name) {
    String regex = "\\Q" + item.replace("*", "\\E[^:]*\\Q") + "\\E";
    return Pattern.matches(regex, name);
  }
}
