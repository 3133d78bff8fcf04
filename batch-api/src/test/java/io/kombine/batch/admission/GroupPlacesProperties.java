package io.kombine.batch.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.admission.GroupPlaces.Group;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GroupPlacesProperties {

  @Property
  void neverMoreThanTheLimitAndNeverAPlaceIdleWhileOneWaits(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int limit,
      @ForAll @IntRange(min = 0, max = 30) int groups) {
    Random random = new Random(seed);
    List<Group> going = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      // why: only who has a place gets under way
      boolean place =
          random.nextBoolean() && going.stream().filter(Group::hasPlace).count() < limit;
      going.add(new Group(i, place && random.nextBoolean(), place));
    }

    Set<Integer> places = GroupPlaces.of(limit, going);

    assertThat(places).hasSize(Math.min(limit, groups));
    for (Group group : going) {
      if (group.hasPlace()) {
        assertThat(places).as("who has a place keeps it").contains(group.index());
      }
    }
  }

  /**
   * Lives of groups: each needs some admissions; some are held for a decision on the way, some fail
   * and are retried, all at random.
   */
  @Property(tries = 300)
  void anyHistoryKeepsTheLimitAndEveryGroupEnds(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int limit) {
    Random random = new Random(seed);
    List<Life> lives = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      lives.add(new Life(i, 1 + random.nextInt(4)));
    }
    Set<Integer> places = Set.of();
    int rounds = 0;
    while (lives.stream().anyMatch(life -> !life.hasEnded())) {
      assertThat(rounds++).as("seed %s", seed).isLessThan(500);
      List<Group> going = new ArrayList<>();
      for (Life life : lives) {
        if (life.canGoOn()) {
          going.add(new Group(life.index, life.running, places.contains(life.index)));
        }
      }
      places = GroupPlaces.of(limit, going);
      for (Life life : lives) {
        if (places.contains(life.index) && !life.running && random.nextBoolean()) {
          life.running = true;
        }
      }
      assertThat(lives.stream().filter(life -> life.running).count())
          .as("seed %s", seed)
          .isLessThanOrEqualTo(limit);
      for (Life life : lives) {
        life.move(random);
      }
    }
  }

  @Example
  void aGroupThatIsHeldForADecisionGivesItsPlaceAndComesBackBeforeLaterOnes() {
    Group first = new Group(0, true, true);
    Group second = new Group(1, false, false);
    Group third = new Group(2, false, false);
    assertThat(GroupPlaces.of(1, List.of(first, second, third))).containsExactly(0);
    // the first is UNKNOWN: not among those that go on
    assertThat(GroupPlaces.of(1, List.of(second, third))).containsExactly(1);
    // decided while the second is under way, it waits for its end and then goes before the third
    Group decided = new Group(0, false, false);
    assertThat(GroupPlaces.of(1, List.of(decided, new Group(1, true, true), third)))
        .containsExactly(1);
    assertThat(GroupPlaces.of(1, List.of(decided, third))).containsExactly(0);
  }

  @Example
  void whatIsWithTheWorkersIsCountedEvenBeyondTheLimit() {
    List<Group> going =
        List.of(new Group(0, false, false), new Group(1, true, true), new Group(2, true, false));

    assertThat(GroupPlaces.of(1, going)).isEqualTo(new HashSet<>(List.of(1, 2)));
  }

  @Example
  void retriedGroupsTakeTheirTurnAnew() {
    List<Group> going = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      going.add(new Group(i, false, false));
    }

    assertThat(GroupPlaces.of(5, going)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  private static final class Life {
    final int index;
    int left;
    boolean running;
    boolean held;
    boolean failed;

    Life(int index, int left) {
      this.index = index;
      this.left = left;
    }

    boolean canGoOn() {
      return left > 0 && !held && !failed;
    }

    boolean hasEnded() {
      return left == 0;
    }

    void move(Random random) {
      if (running && random.nextInt(3) > 0) {
        running = false;
        switch (random.nextInt(6)) {
          case 0 -> held = true;
          case 1 -> failed = true;
          default -> left--;
        }
      } else if ((held || failed) && random.nextInt(4) == 0) {
        held = false;
        failed = false;
      }
    }
  }
}
