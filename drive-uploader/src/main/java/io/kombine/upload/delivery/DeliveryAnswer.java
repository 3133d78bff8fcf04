package io.kombine.upload.delivery;

import io.kombine.contracts.DeliveryEvent;
import java.time.Duration;

/** What became of one request to deliver. */
public sealed interface DeliveryAnswer {

  /** This is to be published, be it for the first time or again. */
  record Answered(DeliveryEvent event) implements DeliveryAnswer {}

  /**
   * The drive cannot take it now.
   *
   * @param pause the least that the drive asks for
   */
  record Waiting(Duration pause, String reason) implements DeliveryAnswer {}
}
