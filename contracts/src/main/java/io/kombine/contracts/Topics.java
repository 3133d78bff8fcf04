package io.kombine.contracts;

/**
 * Names of the Kafka topics (design §3). Partition counts and retention are deployment's, see
 * docs/messages.md.
 */
public final class Topics {

  /** Requests of other services; key: request id. */
  public static final String GENERATION_REQUESTS = "generation.requests";

  /** Answers to them and the life of their batches; key: request id. */
  public static final String GENERATION_REPLIES = "generation.replies";

  /** Before a {@link StepKind}'s wire name; key: step id; value: {@link RunStep}. */
  public static final String STEPS_PREFIX = "steps.";

  /**
   * Outputs and manifests to put into the folder tree; key: batch id; value: {@link DeliverFile}.
   */
  public static final String DELIVERIES = "deliveries";

  /** What became of steps, deliveries and batches; key: batch id; value: {@link StatusEvent}. */
  public static final String STEP_EVENTS = "step.events";

  /** Compacted; key: batch id; value: {@link BatchControl}. */
  public static final String BATCH_CONTROL = "batch.control";

  private static final String DEAD_LETTER_SUFFIX = "-dlt";

  private Topics() {}

  /** Where records of {@code topic} go that nobody could process. */
  public static String deadLetter(String topic) {
    return topic + DEAD_LETTER_SUFFIX;
  }
}
