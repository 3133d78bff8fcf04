package io.kombine.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A stage's word that it has recorded a control under the lock that every claim takes: from here on
 * it begins no call that the control forbids.
 *
 * @param stage whose workers speak
 * @param begun steps of the batch whose call had begun before and whose end is not reported by
 *     then; every other admitted step of the stage that has not ended was stopped free
 * @param part number of this message, from 1: at most {@link #MAX_BEGUN} ids each
 * @param parts how many messages make the whole list
 */
public record ControlConfirmed(
    int version,
    UUID eventId,
    UUID batchId,
    long sequence,
    BatchControl.Hold hold,
    StepKind stage,
    List<UUID> begun,
    int part,
    int parts,
    Instant time,
    String worker)
    implements StatusEvent {

  public static final int VERSION = 1;
  public static final int MAX_BEGUN = 5_000;

  public ControlConfirmed {
    begun = List.copyOf(begun);
  }
}
