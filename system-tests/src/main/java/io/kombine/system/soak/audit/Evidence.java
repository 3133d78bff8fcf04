package io.kombine.system.soak.audit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run that has come to its end, or that did not come to it in time.
 *
 * @param accepted batches that the system took, by the names under which they were submitted
 * @param batches as in batch-api's database
 * @param steps as in batch-api's database
 * @param ledger batch-api's: what each admission of a step was billed
 * @param calls the workers' ledgers: what each call that began was billed
 * @param invoice what the providers bill for these batches and for nothing that is known
 * @param retries how often the driver has had an {@code UNKNOWN} step called again, by step
 * @param keys how each provider's key was used
 * @param observed statuses that were looked at while the run went on
 * @param miscounts those of them whose counts did not add up
 * @param trees what was delivered
 * @param statuses what each process says of a batch at the end
 */
public record Evidence(
    Map<String, UUID> accepted,
    List<BatchFacts> batches,
    List<StepFacts> steps,
    List<Charge> ledger,
    List<Charge> calls,
    List<Billed> invoice,
    Map<UUID, Integer> retries,
    List<KeyFacts> keys,
    long observed,
    List<Miscount> miscounts,
    List<Tree> trees,
    List<StatusFacts> statuses) {

  public Evidence {
    accepted = Map.copyOf(accepted);
    batches = List.copyOf(batches);
    steps = List.copyOf(steps);
    ledger = List.copyOf(ledger);
    calls = List.copyOf(calls);
    invoice = List.copyOf(invoice);
    retries = Map.copyOf(retries);
    keys = List.copyOf(keys);
    miscounts = List.copyOf(miscounts);
    trees = List.copyOf(trees);
    statuses = List.copyOf(statuses);
  }

  /**
   * A batch.
   *
   * @param steps planned
   * @param spent as the batch's row has it
   */
  public record BatchFacts(UUID id, String name, String status, int steps, BigDecimal spent) {}

  /**
   * A step.
   *
   * @param expected outputs that a success has
   * @param error code and message; null without
   */
  public record StepFacts(
      UUID id,
      UUID batchId,
      int ordinal,
      String kind,
      String state,
      int expected,
      List<OutputFacts> outputs,
      @Nullable String error) {

    public StepFacts {
      outputs = List.copyOf(outputs);
    }

    @Override
    public String toString() {
      return "%s step %s (%d of batch %s, %s%s)"
          .formatted(kind, id, ordinal, batchId, state, error == null ? "" : ": " + error);
    }
  }

  /**
   * An output.
   *
   * @param stored whether the artifact store has exactly these bytes
   * @param delivered state of its delivery; null where none is planned
   */
  public record OutputFacts(
      String sha256, long bytes, boolean stored, @Nullable String delivered) {}

  /**
   * A ledger's row.
   *
   * @param amount null while nobody knows
   */
  public record Charge(UUID stepId, int epoch, @Nullable BigDecimal amount) {}

  /**
   * A call that a provider bills and has not paid back.
   *
   * @param stepId by the call's own account; null where it names no step of the run
   */
  public record Billed(long number, @Nullable UUID stepId, String attempt, BigDecimal amount) {}

  /**
   * How one key of a provider was used.
   *
   * @param cap of the only stage that calls the provider
   * @param most calls at once
   * @param tooManyAtOnce calls that the provider sent away for its limit on calls at once
   * @param mostInWindow calls let in
   * @param tooMany calls that the provider sent away for its rate limit
   */
  public record KeyFacts(
      String provider,
      int cap,
      int concurrency,
      int most,
      long tooManyAtOnce,
      int requests,
      long windowMs,
      long mostInWindow,
      long tooMany) {}

  /** A status whose counts did not add up, or not to the plan. */
  public record Miscount(Instant at, String process, UUID batchId, String counts) {}

  /** One file. */
  public record FileFacts(long bytes, String sha256) {}

  /**
   * A batch's folder.
   *
   * @param manifest what the manifest says was delivered; null where there is none
   * @param undelivered outputs without a file, by the manifest's account
   * @param states of steps by the manifest's account
   */
  public record Tree(
      UUID batchId,
      Map<String, FileFacts> files,
      @Nullable Map<String, FileFacts> manifest,
      List<String> undelivered,
      Map<UUID, String> states) {

    public Tree {
      files = Map.copyOf(files);
      manifest = manifest == null ? null : Map.copyOf(manifest);
      undelivered = List.copyOf(undelivered);
      states = Map.copyOf(states);
    }
  }

  /**
   * What a process, or the database, says of a batch.
   *
   * @param counts of steps by state; states without a step are left out
   */
  public record StatusFacts(
      String process, UUID batchId, String status, Map<String, Integer> counts, BigDecimal spent) {

    /** The process by which the database's own word is given. */
    public static final String DATABASE = "database";

    public StatusFacts {
      counts = Map.copyOf(counts);
    }

    /** Whether both say the same. */
    public boolean agrees(StatusFacts other) {
      return status.equals(other.status)
          && counts.equals(other.counts)
          && spent.compareTo(other.spent) == 0;
    }

    String words() {
      return "%s %s spent %s".formatted(status, new TreeMap<>(counts), spent);
    }
  }
}
