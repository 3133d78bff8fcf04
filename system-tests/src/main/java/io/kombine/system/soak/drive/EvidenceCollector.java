package io.kombine.system.soak.drive;

import io.kombine.local.client.KombineClient;
import io.kombine.local.client.ProblemException;
import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.invoice.InvoiceLine;
import io.kombine.system.simulator.limit.KeyStats;
import io.kombine.system.soak.audit.Evidence;
import io.kombine.system.soak.audit.Evidence.BatchFacts;
import io.kombine.system.soak.audit.Evidence.Billed;
import io.kombine.system.soak.audit.Evidence.KeyFacts;
import io.kombine.system.soak.audit.Evidence.OutputFacts;
import io.kombine.system.soak.audit.Evidence.StatusFacts;
import io.kombine.system.soak.audit.Evidence.StepFacts;
import io.kombine.system.soak.audit.Evidence.Tree;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks at everything that a run has left. */
final class EvidenceCollector {

  /** A gateway hears of a change a moment later than the database. */
  private static final Duration AGREEMENT = Duration.ofSeconds(20);

  private static final Duration LOOK = Duration.ofMillis(500);

  private final Database database;
  private final Simulator simulator;
  private final Path artifacts;
  private final Map<String, KombineClient> informants;

  EvidenceCollector(
      Database database,
      Simulator simulator,
      Path artifacts,
      Map<String, KombineClient> informants) {
    this.database = database;
    this.simulator = simulator;
    this.artifacts = artifacts;
    this.informants = informants;
  }

  /**
   * @param prefix of all names of the run's batches
   */
  Evidence collect(
      String prefix, Submissions submissions, StatusPolls polls, Map<UUID, Integer> retries)
      throws SQLException, IOException, InterruptedException {
    List<BatchFacts> batches = database.batches(prefix);
    List<UUID> ids = batches.stream().map(BatchFacts::id).toList();
    List<StatusFacts> statuses = statuses(ids);
    List<StepFacts> steps = steps(ids);
    Map<UUID, String> folders = database.folders(ids);
    List<Tree> trees = new ArrayList<>();
    for (UUID batch : ids) {
      trees.add(Folders.tree(batch, folders.get(batch)));
    }
    return new Evidence(
        submissions.accepted(),
        batches,
        steps,
        database.ledger(ids),
        database.calls(ids),
        invoice(steps),
        retries,
        keys(),
        polls.answers(),
        polls.miscounts(),
        trees,
        statuses);
  }

  private List<StepFacts> steps(List<UUID> batches) throws SQLException, IOException {
    Map<UUID, List<OutputFacts>> outputs = new HashMap<>();
    for (Database.OutputRow row : database.outputs(batches)) {
      outputs
          .computeIfAbsent(row.stepId(), any -> new ArrayList<>())
          .add(
              new OutputFacts(
                  row.sha256(),
                  row.bytes(),
                  Folders.isStored(artifacts, row.sha256(), row.bytes()),
                  row.delivered()));
    }
    return database.steps(batches).stream()
        .map(row ->
            new StepFacts(
                row.id(),
                row.batchId(),
                row.ordinal(),
                row.kind(),
                row.state(),
                row.expected(),
                outputs.getOrDefault(row.id(), List.of()),
                row.error()))
        .toList();
  }

  /** The simulator was reset before the run: all lines are its own. */
  private List<Billed> invoice(List<StepFacts> steps) {
    Set<UUID> known = new HashSet<>();
    steps.forEach(step -> known.add(step.id()));
    return simulator.invoice().lines().stream()
        .filter(line -> !line.refunded())
        .map(line ->
            new Billed(
                line.number(), stepOf(line, known), String.valueOf(line.step()), line.amount()))
        .toList();
  }

  private static @Nullable UUID stepOf(InvoiceLine line, Set<UUID> known) {
    try {
      UUID id = UUID.fromString(String.valueOf(line.stepId()));
      return known.contains(id) ? id : null;
    } catch (IllegalArgumentException none) {
      return null;
    }
  }

  private List<KeyFacts> keys() {
    List<KeyFacts> facts = new ArrayList<>();
    for (Bounds bounds : Bounds.ALL) {
      for (KeyStats key : simulator.stats().keys()) {
        if (key.vendor().equals(bounds.vendor().word())) {
          facts.add(
              new KeyFacts(
                  key.vendor(),
                  bounds.cap(),
                  key.limitConcurrency(),
                  key.maxAtOnce(),
                  key.tooManyAtOnce(),
                  key.limitRequests(),
                  key.limitWindowMs(),
                  key.maxAdmittedInWindow(),
                  key.tooMany()));
        }
      }
    }
    return facts;
  }

  /** What everybody says once all agree, or at last. */
  private List<StatusFacts> statuses(List<UUID> batches) throws SQLException, InterruptedException {
    Instant deadline = Instant.now().plus(AGREEMENT);
    while (true) {
      List<StatusFacts> truth = database.statuses(batches);
      List<StatusFacts> said = new ArrayList<>();
      informants.forEach((name, client) -> {
        for (UUID batch : batches) {
          said.add(asked(name, client, batch));
        }
      });
      boolean agreed =
          said.stream()
              .allMatch(one ->
                  truth.stream()
                      .anyMatch(of -> of.batchId().equals(one.batchId()) && one.agrees(of)));
      if (agreed || Instant.now().isAfter(deadline)) {
        List<StatusFacts> all = new ArrayList<>(truth);
        all.addAll(said);
        return all;
      }
      Thread.sleep(LOOK);
    }
  }

  private static StatusFacts asked(String name, KombineClient client, UUID batch) {
    try {
      return StatusWords.facts(name, batch, client.batch(batch));
    } catch (IOException | ProblemException e) {
      return new StatusFacts(name, batch, "no answer: " + e, Map.of(), BigDecimal.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
