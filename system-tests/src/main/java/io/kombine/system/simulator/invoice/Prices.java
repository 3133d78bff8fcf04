package io.kombine.system.simulator.invoice;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What things cost, in USD: the first rule that covers an item counts, and rules set later go
 * before those set earlier. Thread-safe. Holds at most {@value #MAX_RULES} rules.
 */
public final class Prices {

  /** More rules than this are refused. */
  public static final int MAX_RULES = 1_000;

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  private volatile List<PriceRule> rules = defaults();

  /** Puts rules before those that are there. */
  public synchronized void prepend(List<PriceRule> more) {
    List<PriceRule> all = new ArrayList<>(more);
    all.addAll(rules);
    if (all.size() > MAX_RULES) {
      throw new IllegalArgumentException("no more than " + MAX_RULES + " prices");
    }
    rules = List.copyOf(all);
  }

  /** All rules, the first that counts first. */
  public List<PriceRule> list() {
    return rules;
  }

  /** The price of one unit of the item, if any rule covers it. */
  public Optional<BigDecimal> find(String... names) {
    String item = String.join(":", names);
    return rules.stream().filter(rule -> rule.covers(item)).findFirst().map(PriceRule::amount);
  }

  /**
   * The price of one unit.
   *
   * @throws IllegalStateException when no rule covers the item
   */
  public BigDecimal of(String... names) {
    return find(names)
        .orElseThrow(() -> new IllegalStateException("no price for " + String.join(":", names)));
  }

  /** The price of so many tokens, by a rule for a million. */
  public BigDecimal tokens(long count, String... names) {
    return of(names).multiply(BigDecimal.valueOf(count)).divide(MILLION);
  }

  private static List<PriceRule> defaults() {
    List<PriceRule> rules = new ArrayList<>();
    add(rules, "openai:image:gpt-image-1:low:1024x1024", "0.011");
    add(rules, "openai:image:gpt-image-1:medium:1024x1024", "0.042");
    add(rules, "openai:image:gpt-image-1:high:1024x1024", "0.167");
    add(rules, "openai:image:gpt-image-1:low:*", "0.016");
    add(rules, "openai:image:gpt-image-1:medium:*", "0.063");
    add(rules, "openai:image:gpt-image-1:high:*", "0.25");
    add(rules, "openai:tokens:*:text-in", "5");
    add(rules, "openai:tokens:*:image-in", "8");
    add(rules, "openai:tokens:*:image-out", "30");
    add(rules, "gemini:image:gemini-2.5-flash-image:*", "0.039");
    add(rules, "gemini:image:*:1K", "0.0336");
    add(rules, "gemini:image:*:2K", "0.0504");
    add(rules, "gemini:image:*:4K", "0.113");
    add(rules, "gemini:tokens:*:in", "0.30");
    add(rules, "gemini:tokens:*:out", "2.50");
    add(rules, "kling:second:kling-v2-1:std", "0.056");
    add(rules, "kling:second:kling-v2-1:pro", "0.098");
    add(rules, "kling:second:kling-3.0:std", "0.084");
    add(rules, "kling:second:kling-3.0-turbo:std", "0.084");
    add(rules, "kling:second:kling-3.0:pro", "0.112");
    add(rules, "kling:second:kling-3.0-turbo:pro", "0.112");
    add(rules, "kling:second:*:std", "0.042");
    add(rules, "kling:second:*:pro", "0.07");
    add(rules, "fal:image:*", "0.039");
    add(rules, "fal:second:*", "0.07");
    return List.copyOf(rules);
  }

  private static void add(List<PriceRule> rules, String item, String amount) {
    rules.add(new PriceRule(item, new BigDecimal(amount)));
  }
}
