package io.kombine.system.simulator;

import io.kombine.system.simulator.limit.KeyStats;
import java.util.List;

/**
 * What the simulator has seen.
 *
 * @param keys every key and how it kept to its limits
 * @param violations 429s given for a limit in all; those by script do not count
 * @param falMaxInProgress most requests of a key that fal ever worked on at once
 * @param undelivered answers whose caller was found gone; there may have been more, for an answer
 *     that the network took counts as delivered
 * @param mediaEvicted results that had to go for want of room
 * @param failures requests at which the simulator itself failed; a run with any proves nothing
 */
public record SimulatorStats(
    List<KeyStats> keys,
    long violations,
    int falMaxInProgress,
    long undelivered,
    long mediaEvicted,
    long failures) {}
