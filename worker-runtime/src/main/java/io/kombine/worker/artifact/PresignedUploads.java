package io.kombine.worker.artifact;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * Upload addresses that a client may PUT to directly, a capability of object stores. What arrives
 * there is unchecked: it becomes an artifact only by being read and put.
 */
public interface PresignedUploads {

  /**
   * An address that takes one PUT.
   *
   * @param name a name of the caller's choice, unique among uploads
   * @param maxBytes the most that may be uploaded
   * @param validity how long the address works
   */
  URI presignPut(String name, String mediaType, long maxBytes, Duration validity)
      throws IOException;
}
