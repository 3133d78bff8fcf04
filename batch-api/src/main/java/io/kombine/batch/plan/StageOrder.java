package io.kombine.batch.plan;

import io.kombine.contracts.StepCounts;
import io.kombine.contracts.StepKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In which order a batch's stages run, with a barrier between each two: a stage is open once all
 * stages before it have only steps that have ended or are {@code UNKNOWN}. Nothing is remembered:
 * where a step of an earlier stage comes back, the later stages are closed until it has ended
 * again. Immutable.
 *
 * @param kinds each once, in their order; empty where the batch has no barriers
 */
public record StageOrder(List<StepKind> kinds) {

  /** No barriers: every step runs as soon as it can. */
  public static final StageOrder NONE = new StageOrder(List.of());

  public StageOrder {
    kinds = List.copyOf(kinds);
    if (Set.copyOf(kinds).size() != kinds.size()) {
      throw new IllegalArgumentException("a stage runs once, not as in " + kinds);
    }
  }

  /** Whether there are barriers at all. */
  public boolean hasBarriers() {
    return kinds.size() > 1;
  }

  /** Whether a barrier lies before steps of this kind. */
  public boolean isBehindBarrier(StepKind kind) {
    return kinds.indexOf(kind) > 0;
  }

  /**
   * How many stages are open, from the first one on; at least one, unless there are none.
   *
   * @param counts of the batch's steps by their kind; a kind without steps may be left out
   */
  public int open(Map<StepKind, StepCounts> counts) {
    int open = Math.min(1, kinds.size());
    while (open < kinds.size() && hasPassed(counts.get(kinds.get(open - 1)))) {
      open++;
    }
    return open;
  }

  /** The kinds of the first so many stages. */
  public Set<StepKind> first(int stages) {
    Set<StepKind> first = EnumSet.noneOf(StepKind.class);
    first.addAll(kinds.subList(0, stages));
    return first;
  }

  private static boolean hasPassed(@Nullable StepCounts stage) {
    return stage == null || stage.terminal() + stage.unknown() == stage.total();
  }
}
