package io.kombine.worker.claim;

import io.kombine.contracts.StepKind;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The claims that this process works on: those to renew. Thread-safe; the database alone decides
 * whether they are still its own.
 *
 * <p>It also remembers claims whose {@code begin} failed without an answer. Nobody made their call,
 * whatever the database holds, so this process may take them again at once.
 */
final class HeldClaims {

  /** At the bound a claim is not remembered: its lease runs out and it counts as begun. */
  private static final int MAX_UNCALLED = 10_000;

  /** One claim's token, and whether its call has begun here. */
  record Held(UUID stepId, long token, StepKind kind, boolean begun) {}

  private final Map<UUID, Held> held = new ConcurrentHashMap<>();
  private final Map<UUID, Long> uncalled = new ConcurrentHashMap<>();

  void add(Claim claim) {
    UUID id = claim.step().stepId();
    held.put(id, new Held(id, claim.token(), claim.step().kind(), false));
    uncalled.remove(id);
  }

  void begun(Claim claim) {
    held.computeIfPresent(
        claim.step().stepId(),
        (id, was) -> was.token == claim.token() ? new Held(id, was.token, was.kind, true) : was);
  }

  void remove(UUID stepId, long token) {
    held.computeIfPresent(stepId, (id, was) -> was.token == token ? null : was);
  }

  /** Its begin failed without an answer, so its call is not made. */
  void uncalled(Claim claim) {
    UUID id = claim.step().stepId();
    remove(id, claim.token());
    // why: the call of a claim that was taken over is another's, and may have been made
    if (claim.takeovers() == 0 && uncalled.size() < MAX_UNCALLED) {
      uncalled.put(id, claim.token());
    }
  }

  boolean isHeld(UUID stepId, long token) {
    Held at = held.get(stepId);
    return at != null && at.token == token;
  }

  boolean isUncalled(UUID stepId, long token) {
    Long at = uncalled.get(stepId);
    return at != null && at == token;
  }

  List<Held> all() {
    return List.copyOf(held.values());
  }

  long begunOf(StepKind kind) {
    return held.values().stream().filter(claim -> claim.begun && claim.kind == kind).count();
  }
}
