package io.kombine.batch.model;

import io.kombine.batch.plan.ContentKeys;
import io.kombine.batch.plan.Plan;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Money;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A checked request, ready to be written.
 *
 * @param name as the client gave it
 * @param folderName the name made safe for every file system, at most 80 characters; the time of
 *     acceptance is added to it
 * @param request the body as it came, as JSON, for the client's own view of the batch
 * @param quoted what the plan was priced at
 * @param maxCost what it may cost at most, in the currency of {@code quoted}; absent for no limit
 * @param idempotency absent where the client sent no key
 * @param reuse whether steps take outputs that equal steps of the owner have made
 */
public record NewBatch(
    String owner,
    String name,
    String folderName,
    Plan plan,
    String request,
    Money quoted,
    @Nullable BigDecimal maxCost,
    @Nullable UUID quoteId,
    @Nullable Idempotency idempotency,
    boolean reuse) {

  /** A batch every step of which makes its own call. */
  public NewBatch(
      String owner,
      String name,
      String folderName,
      Plan plan,
      String request,
      Money quoted,
      @Nullable BigDecimal maxCost,
      @Nullable UUID quoteId,
      @Nullable Idempotency idempotency) {
    this(owner, name, folderName, plan, request, quoted, maxCost, quoteId, idempotency, false);
  }

  /**
   * A client's word that requests with this key are one.
   *
   * @param key 1 to 200 characters
   * @param requestHash SHA-256 over path and canonical body
   */
  public record Idempotency(String key, String requestHash) {

    /**
     * Of a request with a key; absent where it has none.
     *
     * @param path tells requests of different doors with one body apart; never changes
     * @param body as it came
     */
    public static @Nullable Idempotency of(@Nullable String key, String path, Object body) {
      if (key == null) {
        return null;
      }
      String canonical = ContractJson.mapper().writeValueAsString(body);
      return new Idempotency(key, ContentKeys.sha256(path + "\n" + canonical));
    }
  }
}
