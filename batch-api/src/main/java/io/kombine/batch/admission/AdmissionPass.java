package io.kombine.batch.admission;

import io.kombine.batch.admission.AdmissionRows.Account;
import io.kombine.batch.admission.AdmissionRows.Child;
import io.kombine.batch.admission.AdmissionRows.InFlight;
import io.kombine.batch.model.BatchRow;
import io.kombine.batch.model.BatchRows;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.worker.crash.CrashPoint;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * One look at everything that may run: fills each stage's window fairly, grants children where
 * their stage has room, and sets the money aside, in one transaction (docs/architecture.md §2).
 */
@Component
class AdmissionPass {

  private final AdmissionRows rows;
  private final GroupRows groups;
  private final BatchRows batches;
  private final StageWindows windows;
  private final AdmissionMetrics metrics;
  private final Clock clock;

  AdmissionPass(
      AdmissionRows rows,
      GroupRows groups,
      BatchRows batches,
      StageWindows windows,
      AdmissionMetrics metrics,
      Clock clock) {
    this.rows = rows;
    this.groups = groups;
    this.batches = batches;
    this.windows = windows;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * @return how many steps were queued
   */
  @Transactional
  public int run() {
    rows.alone();
    groups.place();
    Instant now = clock.instant();
    Map<Stage, InFlight> inFlight = rows.inFlight();
    Map<Stage, List<Share>> contenders = contenders(rows.demand(now), inFlight);
    if (contenders.isEmpty()) {
      return 0;
    }
    Set<UUID> wanted = new HashSet<>();
    contenders.values().forEach(shares -> shares.forEach(share -> wanted.add(share.batchId())));
    Map<UUID, BatchRow> locked = batches.lock(wanted);
    locked.values().removeIf(batch -> batch.hold() != Hold.NONE && !batch.isHeldByBudget());
    Purse purse = purse(locked);

    List<Candidate> picked = new ArrayList<>();
    Map<Stage, Integer> queued = new HashMap<>();
    contenders.forEach((stage, shares) -> {
      List<Share> present =
          shares.stream().filter(share -> locked.containsKey(share.batchId())).toList();
      int room = room(stage, inFlight);
      List<Candidate> ofStage =
          FairShare.pick(
              room,
              present,
              rows.candidates(stage, present.stream().map(Share::batchId).toList(), room, now),
              purse);
      picked.addAll(ofStage);
      queued.put(stage, ofStage.size());
      metrics.admitted(stage, ofStage.size());
    });
    if (!picked.isEmpty()) {
      List<UUID> granted = grants(picked, inFlight, queued, purse);
      rows.queue(picked, now);
      if (!granted.isEmpty()) {
        rows.grant(granted, now);
      }
    }
    Set<UUID> changed = new HashSet<>(budgetHolds(locked, purse, picked, now));
    picked.forEach(candidate -> changed.add(candidate.batchId()));
    batches.refresh(changed);
    if (!picked.isEmpty()) {
      CrashPoint.ADMISSION_DECIDED.reached(picked.getFirst().stepId());
    }
    return picked.size();
  }

  /** The batches that may be picked from: as many as there are places, those next in turn. */
  private Map<Stage, List<Share>> contenders(
      Map<Stage, List<Share>> demand, Map<Stage, InFlight> inFlight) {
    Map<Stage, List<Share>> contenders = new HashMap<>();
    demand.forEach((stage, shares) -> {
      int room = room(stage, inFlight);
      if (room > 0) {
        contenders.put(stage, shares.stream().sorted(Share.NEXT).limit(room).toList());
      }
    });
    return contenders;
  }

  private int room(Stage stage, Map<Stage, InFlight> inFlight) {
    return windows.size(stage) - inFlight.getOrDefault(stage, InFlight.NONE).live();
  }

  private Purse purse(Map<UUID, BatchRow> locked) {
    Purse purse = new Purse();
    Map<UUID, BigDecimal> held = rows.held(locked.keySet());
    for (BatchRow batch : locked.values()) {
      BigDecimal limit = batch.maxCost();
      if (limit != null) {
        purse.limit(
            batch.batchId(),
            limit
                .subtract(batch.spent())
                .subtract(held.getOrDefault(batch.batchId(), BigDecimal.ZERO)));
      }
    }
    Set<String> owners = new HashSet<>();
    locked.values().forEach(batch -> owners.add(batch.owner()));
    for (Account account : rows.accounts(owners)) {
      purse.limitOwner(account.owner(), account.available());
      for (BatchRow batch : locked.values()) {
        if (batch.owner().equals(account.owner())) {
          purse.belongs(batch.batchId(), account.owner());
          if (!batch.currency().equals(account.currency())) {
            // why: its money and the budget cannot be compared, so none of it is covered
            purse.limit(batch.batchId(), BigDecimal.ZERO);
          }
        }
      }
    }
    return purse;
  }

  private List<UUID> grants(
      List<Candidate> roots,
      Map<Stage, InFlight> inFlight,
      Map<Stage, Integer> queued,
      Purse purse) {
    Map<Stage, Integer> room = new HashMap<>();
    List<UUID> granted = new ArrayList<>();
    for (Child child : rows.children(roots.stream().map(Candidate::stepId).toList())) {
      int left =
          room.computeIfAbsent(
              child.stage(),
              stage ->
                  room(stage, inFlight)
                      - inFlight.getOrDefault(stage, InFlight.NONE).granted()
                      - queued.getOrDefault(stage, 0));
      if (left > 0 && purse.take(child.batchId(), child.need())) {
        granted.add(child.stepId());
        room.put(child.stage(), left - 1);
      }
    }
    return granted;
  }

  /** Pauses batches that can afford nothing they could run, and resumes those that now can. */
  private Set<UUID> budgetHolds(
      Map<UUID, BatchRow> locked, Purse purse, List<Candidate> picked, Instant now) {
    Set<UUID> changed = new HashSet<>();
    rows.leastNeed(purse.refused(), now)
        .forEach((batchId, need) -> {
          BigDecimal left = purse.left(batchId);
          if (left != null && left.compareTo(need) < 0) {
            rows.holdForBudget(batchId, need);
            changed.add(batchId);
          }
        });
    for (Candidate candidate : picked) {
      BatchRow batch = locked.get(candidate.batchId());
      if (batch != null && batch.isHeldByBudget() && !changed.contains(candidate.batchId())) {
        rows.releaseFromBudget(candidate.batchId());
        changed.add(candidate.batchId());
      }
    }
    return changed;
  }
}
