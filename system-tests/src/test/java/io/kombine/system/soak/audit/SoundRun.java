package io.kombine.system.soak.audit;

import io.kombine.system.soak.audit.Evidence.BatchFacts;
import io.kombine.system.soak.audit.Evidence.Billed;
import io.kombine.system.soak.audit.Evidence.Charge;
import io.kombine.system.soak.audit.Evidence.FileFacts;
import io.kombine.system.soak.audit.Evidence.KeyFacts;
import io.kombine.system.soak.audit.Evidence.Miscount;
import io.kombine.system.soak.audit.Evidence.OutputFacts;
import io.kombine.system.soak.audit.Evidence.StatusFacts;
import io.kombine.system.soak.audit.Evidence.StepFacts;
import io.kombine.system.soak.audit.Evidence.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A made-up run in which everything holds, to be broken in one place: a batch of an image that was
 * paid, an image that was never learnt of and given up, and a video that was skipped.
 */
final class SoundRun {

  static final UUID BATCH = UUID.fromString("00000000-0000-7000-8000-00000000000b");
  static final UUID IMAGE = UUID.fromString("00000000-0000-7000-8000-000000000001");
  static final UUID GIVEN_UP = UUID.fromString("00000000-0000-7000-8000-000000000002");
  static final UUID SKIPPED = UUID.fromString("00000000-0000-7000-8000-000000000003");
  static final BigDecimal PRICE = new BigDecimal("0.0356");
  static final OutputFacts OUTPUT = new OutputFacts("ab12", 70, true, "DELIVERED");

  final Map<String, UUID> accepted = new HashMap<>(Map.of("seed 1 batch 0", BATCH));
  final List<BatchFacts> batches =
      new ArrayList<>(
          List.of(new BatchFacts(BATCH, "seed 1 batch 0", "COMPLETED_WITH_FAILURES", 3, PRICE)));
  final List<StepFacts> steps =
      new ArrayList<>(
          List.of(
              step(IMAGE, "SUCCEEDED", OUTPUT),
              step(GIVEN_UP, "FAILED"),
              step(SKIPPED, "SKIPPED")));
  final List<Charge> ledger =
      new ArrayList<>(List.of(new Charge(IMAGE, 1, PRICE), new Charge(GIVEN_UP, 1, null)));
  final List<Charge> calls = new ArrayList<>(ledger);
  final List<Billed> invoice =
      new ArrayList<>(List.of(billed(1, IMAGE, PRICE), billed(2, GIVEN_UP, PRICE)));
  final Map<UUID, Integer> retries = new HashMap<>();
  final List<KeyFacts> keys =
      new ArrayList<>(List.of(new KeyFacts("openai", 4, 8, 4, 0, 14, 10_000, 14, 0)));
  final List<Miscount> miscounts = new ArrayList<>();
  final List<Tree> trees =
      new ArrayList<>(
          List.of(
              tree(
                  Map.of("a.jpg", new FileFacts(70, "ab12")),
                  Map.of("a.jpg", new FileFacts(70, "ab12")))));
  final List<StatusFacts> statuses =
      new ArrayList<>(
          List.of(said(StatusFacts.DATABASE, 1), said("gateway-1", 1), said("batch-api", 1)));

  static StepFacts step(UUID id, String state, OutputFacts... outputs) {
    return new StepFacts(id, BATCH, 0, "i2i", state, 1, List.of(outputs), null);
  }

  static Billed billed(long number, UUID step, BigDecimal amount) {
    return new Billed(number, step, step + "-1", amount);
  }

  static Tree tree(Map<String, FileFacts> files, Map<String, FileFacts> manifest) {
    return new Tree(
        BATCH,
        files,
        manifest,
        List.of(),
        Map.of(IMAGE, "SUCCEEDED", GIVEN_UP, "FAILED", SKIPPED, "SKIPPED"));
  }

  static StatusFacts said(String process, int succeeded) {
    return new StatusFacts(
        process,
        BATCH,
        "COMPLETED_WITH_FAILURES",
        Map.of("SUCCEEDED", succeeded, "FAILED", 2 - succeeded, "SKIPPED", 1),
        PRICE);
  }

  Evidence evidence() {
    return new Evidence(
        accepted, batches, steps, ledger, calls, invoice, retries, keys, 100, miscounts, trees,
        statuses);
  }
}
