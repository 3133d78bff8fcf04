package io.kombine.system.soak.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.system.soak.audit.Evidence.BatchFacts;
import io.kombine.system.soak.audit.Evidence.Billed;
import io.kombine.system.soak.audit.Evidence.Charge;
import io.kombine.system.soak.audit.Evidence.FileFacts;
import io.kombine.system.soak.audit.Evidence.KeyFacts;
import io.kombine.system.soak.audit.Evidence.Miscount;
import io.kombine.system.soak.audit.Evidence.OutputFacts;
import io.kombine.system.soak.audit.Evidence.Tree;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GuaranteeTests {

  @Test
  void nothingIsFoundInASoundRun() {
    assertThat(Guarantee.audit(new SoundRun().evidence())).isEmpty();
  }

  @Test
  void aSecondLineOfAStepThatWasRetriedByDecisionIsNoDoubleCharge() {
    SoundRun run = new SoundRun();
    run.retries.put(SoundRun.GIVEN_UP, 1);
    run.ledger.add(new Charge(SoundRun.GIVEN_UP, 2, null));
    run.calls.add(new Charge(SoundRun.GIVEN_UP, 2, null));
    run.invoice.add(SoundRun.billed(3, SoundRun.GIVEN_UP, SoundRun.PRICE));

    assertThat(Guarantee.audit(run.evidence())).isEmpty();
  }

  @Test
  void aCallThatNobodyLearntOfNeedNotBeBilled() {
    SoundRun run = new SoundRun();
    run.invoice.removeLast();

    assertThat(Guarantee.audit(run.evidence())).isEmpty();
  }

  static Stream<Arguments> breaks() {
    return Stream.of(
        broken(
            "NO_STEP_LOST",
            "has not ended",
            run -> run.steps.set(2, SoundRun.step(SoundRun.SKIPPED, "SKIPPED_NOT")),
            run -> run.trees.clear()),
        broken("NO_STEP_LOST", "2 steps of 3", run -> run.steps.removeLast()),
        broken(
            "NO_STEP_LOST",
            "has 0 outputs of 1",
            run -> {
              run.steps.set(0, SoundRun.step(SoundRun.IMAGE, "SUCCEEDED"));
            }),
        broken(
            "NO_STEP_LOST",
            "not in the store",
            run -> output(run, new OutputFacts("ab12", 70, false, "DELIVERED"))),
        broken(
            "NO_STEP_LOST",
            "not delivered but is PENDING",
            run -> output(run, new OutputFacts("ab12", 70, true, "PENDING"))),
        broken(
            "NO_STEP_LOST",
            "accepted and is not there",
            run -> run.accepted.put("seed 1 batch 1", UUID.randomUUID())),
        broken("NO_STEP_LOST", "has not ended but is RUNNING", run -> status(run, "RUNNING")),
        broken("NO_STEP_LOST", "made 2 batches", GuaranteeTests::twin),
        broken(
            "NO_DOUBLE_CHARGE",
            "billed 2 times",
            run -> {
              run.invoice.add(SoundRun.billed(3, SoundRun.IMAGE, SoundRun.PRICE));
              run.ledger.add(new Charge(SoundRun.IMAGE, 2, null));
              run.calls.add(new Charge(SoundRun.IMAGE, 2, null));
            }),
        broken(
            "NO_DOUBLE_CHARGE",
            "no step's",
            run -> run.invoice.add(new Billed(3, null, "?", SoundRun.PRICE))),
        broken(
            "NO_DOUBLE_CHARGE", "batch-api's ledger does not have", run -> run.ledger.removeLast()),
        broken(
            "NO_DOUBLE_CHARGE", "the workers' ledger does not have", run -> run.calls.removeLast()),
        broken(
            "NO_DOUBLE_CHARGE",
            "which the provider does not bill",
            run -> run.invoice.removeFirst()),
        broken(
            "NO_DOUBLE_CHARGE",
            "by its ledger",
            run ->
                run.batches.set(
                    0,
                    new BatchFacts(
                        SoundRun.BATCH,
                        "seed 1 batch 0",
                        "COMPLETED_WITH_FAILURES",
                        3,
                        BigDecimal.ONE))),
        broken("CAP_HELD", "5 calls at once", run -> key(run, 5, 0, 14, 0)),
        broken("CAP_HELD", "one too many at once", run -> key(run, 4, 1, 14, 0)),
        broken("RATE_HELD", "sent 1 calls away", run -> key(run, 4, 0, 14, 1)),
        broken("RATE_HELD", "let 15 in", run -> key(run, 4, 0, 15, 0)),
        broken(
            "COUNTS_CONSERVED",
            "gateway-1 said of batch",
            run ->
                run.miscounts.add(new Miscount(Instant.EPOCH, "gateway-1", SoundRun.BATCH, "{}"))),
        broken("TREE_EXACT", "lacks the file", run -> files(run, Map.of())),
        broken(
            "TREE_EXACT", "not as", run -> files(run, Map.of("a.jpg", new FileFacts(69, "ab12")))),
        broken(
            "TREE_EXACT",
            "does not name: b.jpg",
            run ->
                files(
                    run,
                    Map.of(
                        "a.jpg", new FileFacts(70, "ab12"), "b.jpg", new FileFacts(70, "ab12")))),
        broken(
            "TREE_EXACT",
            "no manifest",
            run -> run.trees.set(0, new Tree(SoundRun.BATCH, Map.of(), null, List.of(), Map.of()))),
        broken(
            "TREE_EXACT",
            "The manifest says SUCCEEDED",
            run -> run.steps.set(0, SoundRun.step(SoundRun.IMAGE, "FAILED"))),
        broken(
            "STATUS_AGREES",
            "gateway-1 says of batch",
            run -> run.statuses.set(1, SoundRun.said("gateway-1", 0))),
        broken("STATUS_AGREES", "Nobody says anything", run -> run.statuses.clear()));
  }

  @SafeVarargs
  private static Arguments broken(String guarantee, String words, Consumer<SoundRun>... breaks) {
    return Arguments.of(guarantee, words, List.of(breaks));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("breaks")
  void whatBreaksAGuaranteeIsFoundByItAndByNoOther(
      String guarantee, String words, List<Consumer<SoundRun>> breaks) {
    SoundRun run = new SoundRun();
    breaks.forEach(broken -> broken.accept(run));

    List<Violation> found = Guarantee.audit(run.evidence());

    assertThat(found)
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.guarantee()).isEqualTo(guarantee));
    assertThat(found).anySatisfy(one -> assertThat(one.what()).contains(words));
  }

  private static void output(SoundRun run, OutputFacts output) {
    run.steps.set(0, SoundRun.step(SoundRun.IMAGE, "SUCCEEDED", output));
  }

  private static void status(SoundRun run, String status) {
    run.batches.set(0, new BatchFacts(SoundRun.BATCH, "seed 1 batch 0", status, 3, SoundRun.PRICE));
  }

  /** A second batch of the same submit. */
  private static void twin(SoundRun run) {
    UUID twin = UUID.randomUUID();
    run.batches.add(new BatchFacts(twin, "seed 1 batch 0", "COMPLETED", 0, BigDecimal.ZERO));
    for (String process : List.of("database", "gateway-1")) {
      run.statuses.add(
          new Evidence.StatusFacts(process, twin, "COMPLETED", Map.of(), BigDecimal.ZERO));
    }
  }

  private static void key(SoundRun run, int most, long tooManyAtOnce, long inWindow, long tooMany) {
    run.keys.set(
        0, new KeyFacts("openai", 4, 8, most, tooManyAtOnce, 14, 10_000, inWindow, tooMany));
  }

  private static void files(SoundRun run, Map<String, FileFacts> files) {
    run.trees.set(0, SoundRun.tree(files, Map.of("a.jpg", new FileFacts(70, "ab12"))));
  }
}
