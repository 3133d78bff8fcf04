package io.kombine.batch.admission;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which groups of one batch may be in progress (design §5.5). A group has a place from the moment
 * its first step may be admitted until none of its steps can go on without a person: all are
 * terminal, {@code UNKNOWN}, awaiting approval, or wait for such a one. So what is held for a
 * decision gives its place to the next group, and takes one again, before later groups, once it is
 * decided. Pure.
 */
final class GroupPlaces {

  /**
   * Places first to those whose steps are with workers, then to those that have one, then in order.
   */
  private static final Comparator<Group> TURN =
      Comparator.comparing(Group::underWay)
          .thenComparing(Group::hasPlace)
          .reversed()
          .thenComparing(Group::index);

  /**
   * A group of which a step can go on by itself.
   *
   * @param underWay whether a step is with the workers, or comes back from them by itself
   * @param hasPlace whether it was given a place before
   */
  record Group(int index, boolean underWay, boolean hasPlace) {}

  private GroupPlaces() {}

  /**
   * The groups that have a place from now on: at most {@code limit}, unless more are with the
   * workers already, which no admission can take back.
   *
   * @param going every group of the batch that can go on
   */
  static Set<Integer> of(int limit, Collection<Group> going) {
    List<Group> inTurn = going.stream().sorted(TURN).toList();
    Set<Integer> places = new HashSet<>();
    for (Group group : inTurn) {
      if (places.size() < limit || group.underWay()) {
        places.add(group.index());
      }
    }
    return places;
  }
}
