package io.kombine.batch.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FairShareProperties {

  @Property
  void neverMoreThanRoomAndNoneTwice(
      @ForAll @IntRange(min = 0, max = 40) int room,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 0, max = 20) Integer> steps) {
    Stock stock = new Stock(steps);

    List<Candidate> picked = FairShare.pick(room, stock.shares(), stock.ready, new Purse());

    int ready = steps.stream().mapToInt(Integer::intValue).sum();
    assertThat(picked).hasSize(Math.min(room, ready));
    Set<UUID> ids = new HashSet<>();
    assertThat(picked).allMatch(candidate -> ids.add(candidate.stepId()));
  }

  @Property
  void placesOfEqualStepsDifferByAtMostOneBetweenBatchesThatWantMore(
      @ForAll @IntRange(min = 1, max = 40) int room,
      @ForAll @IntRange(min = 1, max = 8) int batches) {
    Stock stock = new Stock(java.util.Collections.nCopies(batches, 50));

    Map<UUID, Integer> places = new HashMap<>();
    FairShare.pick(room, stock.shares(), stock.ready, new Purse())
        .forEach(candidate -> places.merge(candidate.batchId(), 1, Integer::sum));

    List<Integer> counts =
        stock.ids.stream().map(id -> places.getOrDefault(id, 0)).sorted().toList();
    assertThat(counts.getLast() - counts.getFirst()).isLessThanOrEqualTo(1);
  }

  @Property(tries = 200)
  void noBatchStarvesWhateverTheOthersBring(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int window) {
    Random random = new Random(seed);
    Stock stock = new Stock(List.of(18, 2_000, 500));
    UUID small = stock.ids.getFirst();
    Deque<Candidate> running = new ArrayDeque<>();
    int rounds = 0;
    while (!stock.ready.get(small).isEmpty()) {
      // why 18 + 1 rounds suffice times the batches: each round frees at least one place
      assertThat(rounds++).as("seed %s", seed).isLessThan(200);
      List<Candidate> picked =
          FairShare.pick(window - running.size(), stock.shares(), stock.ready, new Purse());
      picked.forEach(stock::begin);
      running.addAll(picked);
      int ending = 1 + random.nextInt(window);
      while (ending-- > 0 && !running.isEmpty()) {
        stock.end(running.remove());
      }
    }
  }

  @Property
  void purseIsNeverOverdrawnAndWhatFitsIsTaken(
      @ForAll @IntRange(min = 0, max = 30) int limit,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 20) Integer> steps) {
    Stock stock = new Stock(steps);
    Purse purse = new Purse();
    stock.ids.forEach(id -> purse.limit(id, BigDecimal.valueOf(limit)));

    List<Candidate> picked = FairShare.pick(1_000, stock.shares(), stock.ready, purse);

    for (int i = 0; i < steps.size(); i++) {
      UUID id = stock.ids.get(i);
      long own = picked.stream().filter(candidate -> candidate.batchId().equals(id)).count();
      assertThat(own).isEqualTo(Math.min(limit, steps.get(i)));
      assertThat(purse.refused().contains(id)).isEqualTo(steps.get(i) > limit);
    }
  }

  /** Batches with equal steps that cost 1, and what each has in flight. */
  private static final class Stock {
    final List<UUID> ids = new ArrayList<>();
    final Map<UUID, List<Candidate>> ready = new HashMap<>();
    final Map<UUID, Share> shares = new HashMap<>();

    Stock(List<Integer> steps) {
      for (int n : steps) {
        UUID batch = new UUID(0, ids.size());
        ids.add(batch);
        shares.put(batch, new Share(batch, BigDecimal.ZERO, 0));
        List<Candidate> own = new ArrayList<>();
        for (int i = 0; i < n; i++) {
          own.add(
              new Candidate(
                  new UUID(ids.size(), i),
                  batch,
                  1,
                  StepState.READY,
                  BigDecimal.ONE,
                  BigDecimal.ONE,
                  null));
        }
        ready.put(batch, own);
      }
    }

    List<Share> shares() {
      return List.copyOf(shares.values());
    }

    void begin(Candidate step) {
      ready.get(step.batchId()).remove(step);
      shares.computeIfPresent(step.batchId(), (id, share) -> share.with(step));
    }

    void end(Candidate step) {
      shares.computeIfPresent(
          step.batchId(),
          (id, share) -> new Share(id, share.inFlight().subtract(step.cost()), share.served()));
    }
  }
}
