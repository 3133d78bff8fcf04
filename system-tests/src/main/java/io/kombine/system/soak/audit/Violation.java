package io.kombine.system.soak.audit;

/**
 * One way in which a guarantee was broken.
 *
 * @param guarantee its name
 * @param what in a sentence: which batch or step, what was found and what should have been
 */
public record Violation(String guarantee, String what) {

  @Override
  public String toString() {
    return guarantee + ": " + what;
  }
}
