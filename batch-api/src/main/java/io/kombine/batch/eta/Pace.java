package io.kombine.batch.eta;

/**
 * How fast calls of one account have ended lately, while others waited for their turn: what caps,
 * rate limits and competition together let through.
 *
 * @param perSecond over 0
 * @param observed how many calls that was counted from
 */
record Pace(double perSecond, int observed) {

  /** Standard deviations to the bound that nine in ten stay under. */
  private static final double NINE_IN_TEN = 1.28;

  /**
   * Standard deviation of a pace's change, in parts of it. Why so much: in a run of 600 calls at 60
   * a minute on a busy machine, the count's own deviation held in two of three looks only
   * (docs/doors/slideshows.md).
   */
  private static final double DRIFT = 0.15;

  double seconds(int calls) {
    return calls / perSecond;
  }

  /**
   * How far nine in ten runs stay above that: the fewer were counted, the further, and never nearer
   * than paces change from one minute to another.
   */
  double spread(int calls) {
    return seconds(calls) * NINE_IN_TEN * Math.sqrt(1.0 / observed + DRIFT * DRIFT);
  }
}
