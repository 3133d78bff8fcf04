package io.kombine.batch.door;

import io.kombine.batch.model.Accepted;
import io.kombine.contracts.BatchKind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The way in for one kind of request: one bean a kind, behind its REST controller and the Kafka
 * door alike, so that both refuse the same requests with the same problems and make the same plans
 * of the others. Called on many threads at once, without a transaction.
 *
 * @param <R> the request as it came: anything in it may be missing or wrong
 */
public interface FrontDoor<R> {

  /** The kind of batch it makes; no two doors have the same. */
  BatchKind kind();

  /** What a body is read as, with the strict JSON of REST requests. */
  Class<R> requestType();

  /**
   * Accepts a request: checks it, fetches what it names, writes the batch.
   *
   * @param owner whom it acts for
   * @param idempotencyKey as {@code IdempotencyKey} allows it; a later request of the owner with
   *     this key and the same body is this one
   * @throws io.kombine.batch.problem.ProblemException when anything is wrong; there is no batch
   *     then
   * @throws io.kombine.batch.model.IdempotencyConflictException when the key stands for another
   *     body
   * @throws IOException when a store or a source failed in a way that says nothing of the request
   */
  Accepted submit(String owner, R request, @Nullable String idempotencyKey) throws IOException;
}
