package io.kombine.system.soak;

import io.kombine.system.soak.audit.Evidence.KeyFacts;
import io.kombine.system.soak.audit.Guarantee;
import io.kombine.system.soak.audit.Violation;
import io.kombine.system.soak.drive.Finding;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results as Markdown tables. Pure. */
final class SoakReport {

  private static final String HEAD =
      """
      | seed | s | kills | pauses | batches | steps | calls | billed | invoice | ledger | unknown: retried + given up | statuses seen | violations |
      |--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
      """;

  private final List<SeedResult> results;

  SoakReport(List<SeedResult> results) {
    this.results = results;
  }

  String markdown() {
    StringBuilder text = new StringBuilder(HEAD);
    results.forEach(result -> text.append(row(result)));
    text.append(total()).append('\n').append(killsByProcess()).append(limits());
    text.append('\n').append(guarantees());
    for (SeedResult result : results) {
      for (Violation violation : result.violations()) {
        text.append("- seed %d: %s%n".formatted(result.finding().seed(), violation));
      }
    }
    return text.toString();
  }

  static String row(SeedResult result) {
    Finding found = result.finding();
    return line(
        Long.toString(found.seed()),
        found.seconds(),
        found.allKills(),
        found.pauses(),
        found.evidence().batches().size(),
        found.evidence().steps().size(),
        found.evidence().calls().size(),
        found.evidence().invoice().size(),
        found.invoiced(),
        found.inLedger(),
        found.unlearnt(),
        found.retried(),
        found.givenUp(),
        found.evidence().observed(),
        result.violations().size());
  }

  private String total() {
    return line(
        results.size() + " seeds",
        sum(found -> found.seconds()),
        sum(found -> (long) found.allKills()),
        sum(found -> (long) found.pauses()),
        sum(found -> (long) found.evidence().batches().size()),
        sum(found -> (long) found.evidence().steps().size()),
        sum(found -> (long) found.evidence().calls().size()),
        sum(found -> (long) found.evidence().invoice().size()),
        money(Finding::invoiced),
        money(Finding::inLedger),
        sum(Finding::unlearnt),
        sum(found -> (long) found.retried()),
        sum(found -> (long) found.givenUp()),
        sum(found -> found.evidence().observed()),
        results.stream().mapToLong(result -> result.violations().size()).sum());
  }

  private static String line(
      String seed,
      long seconds,
      long kills,
      long pauses,
      long batches,
      long steps,
      long calls,
      long billed,
      BigDecimal invoice,
      BigDecimal ledger,
      long unlearnt,
      long retried,
      long givenUp,
      long observed,
      long violations) {
    String ledgerWords =
        ledger.toPlainString() + (unlearnt == 0 ? "" : " + %d unknown".formatted(unlearnt));
    return "| %s | %d | %d | %d | %d | %d | %d | %d | %s | %s | %d + %d | %d | %d |%n"
        .formatted(
            seed,
            seconds,
            kills,
            pauses,
            batches,
            steps,
            calls,
            billed,
            invoice.toPlainString(),
            ledgerWords,
            retried,
            givenUp,
            observed,
            violations);
  }

  private String killsByProcess() {
    Map<String, Integer> kills = new TreeMap<>();
    Map<String, Long> states = new TreeMap<>();
    for (SeedResult result : results) {
      result.finding().kills().forEach((name, count) -> kills.merge(name, count, Integer::sum));
      result
          .finding()
          .states()
          .forEach(
              (state, count) -> states.merge(state.toLowerCase(Locale.ROOT), count, Long::sum));
    }
    String text = "Kills: " + words(kills) + ". Steps: " + words(states) + ".";
    long ends = sum(found -> (long) found.ends());
    return text + (ends == 0 ? "\n" : " %d times a process ended by itself.%n".formatted(ends));
  }

  /** How close to their limits the providers were used. */
  private String limits() {
    Map<String, KeyFacts> most = new TreeMap<>();
    for (SeedResult result : results) {
      for (KeyFacts key : result.finding().evidence().keys()) {
        most.merge(key.provider(), key, SoakReport::more);
      }
    }
    return most.values().stream()
        .map(key ->
            "%s: at most %d calls at once (cap %d), %d within %d s (%d allowed).%n"
                .formatted(
                    key.provider(),
                    key.most(),
                    key.cap(),
                    key.mostInWindow(),
                    key.windowMs() / 1_000,
                    key.requests()))
        .collect(Collectors.joining());
  }

  private static KeyFacts more(KeyFacts one, KeyFacts other) {
    return new KeyFacts(
        one.provider(),
        one.cap(),
        one.concurrency(),
        Math.max(one.most(), other.most()),
        one.tooManyAtOnce() + other.tooManyAtOnce(),
        one.requests(),
        one.windowMs(),
        Math.max(one.mostInWindow(), other.mostInWindow()),
        one.tooMany() + other.tooMany());
  }

  private static String words(Map<String, ?> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private String guarantees() {
    StringBuilder text = new StringBuilder("| guarantee | violations |\n|---|--:|\n");
    for (Guarantee guarantee : Guarantee.ALL) {
      long broken =
          results.stream()
              .flatMap(result -> result.violations().stream())
              .filter(violation -> violation.guarantee().equals(guarantee.name()))
              .count();
      text.append("| `%s` | %d |%n".formatted(guarantee.name(), broken));
    }
    return text.append('\n').toString();
  }

  private long sum(Function<Finding, Long> of) {
    return results.stream().mapToLong(result -> of.apply(result.finding())).sum();
  }

  private BigDecimal money(Function<Finding, BigDecimal> of) {
    return results.stream()
        .map(result -> of.apply(result.finding()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
