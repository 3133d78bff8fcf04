package io.kombine.worker;

import io.kombine.contracts.Ids;

/**
 * The name of one run of one process, as owner of claims and as reporter of events. Another start
 * is another identity: a process never takes its predecessor's claims for its own.
 *
 * @param id letters, digits and {@code - . _}, at most 100
 */
public record WorkerIdentity(String id) {

  public WorkerIdentity {
    if (!id.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "a worker's id has 1 to 100 letters, digits and - . _, not '" + id + "'");
    }
  }

  /** An identity that no other start has, beginning with the service's name. */
  public static WorkerIdentity of(String service) {
    String random = Ids.next().toString();
    return new WorkerIdentity(service + "-" + random.substring(random.length() - 8));
  }
}
