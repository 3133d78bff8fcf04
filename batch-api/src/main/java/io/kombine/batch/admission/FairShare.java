package io.kombine.batch.admission;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;

/**
 * Shares the free places of one stage between batches (design §4.2): each place goes to the batch
 * with the least cost in flight there, so a batch that comes late is next until it has as much in
 * flight as the others, and none is ever passed over for long. Pure.
 */
final class FairShare {

  private FairShare() {}

  /**
   * Picks at most {@code room} candidates.
   *
   * @param candidates of each batch, first things first
   * @param purse asked for the money of each pick; a candidate it refuses is passed over
   */
  static List<Candidate> pick(
      int room, Collection<Share> shares, Map<UUID, List<Candidate>> candidates, Purse purse) {
    PriorityQueue<Contender> contenders = new PriorityQueue<>();
    for (Share share : shares) {
      List<Candidate> own = candidates.getOrDefault(share.batchId(), List.of());
      if (!own.isEmpty()) {
        contenders.add(new Contender(share, new ArrayDeque<>(own)));
      }
    }
    List<Candidate> picked = new ArrayList<>();
    while (picked.size() < room && !contenders.isEmpty()) {
      Contender next = contenders.remove();
      Candidate candidate = next.candidates().removeFirst();
      Share share = next.share();
      if (purse.take(candidate)) {
        picked.add(candidate);
        share = share.with(candidate);
      }
      if (!next.candidates().isEmpty()) {
        contenders.add(new Contender(share, next.candidates()));
      }
    }
    return picked;
  }

  private record Contender(Share share, Deque<Candidate> candidates)
      implements Comparable<Contender> {

    @Override
    public int compareTo(Contender other) {
      return Share.NEXT.compare(share, other.share);
    }
  }
}
