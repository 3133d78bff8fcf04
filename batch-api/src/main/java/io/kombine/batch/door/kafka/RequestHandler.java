package io.kombine.batch.door.kafka;

import io.kombine.batch.model.Accepted;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.problem.web.Problems;
import io.kombine.batch.web.IdempotencyKey;
import io.kombine.contracts.BatchKind;
import io.kombine.worker.consume.IllegalRecordException;
import io.kombine.worker.consume.Permit;
import io.kombine.worker.consume.TaskHandler;
import io.kombine.worker.consume.TaskResult;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Answers one record: with a batch, with a problem, or where nobody could be answered by leaving it
 * to the dead letters. Where a store is away nothing is answered, and the record comes again; that
 * is harmless, since its id stands for one batch.
 */
@Component
class RequestHandler implements TaskHandler {

  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

  /** In place of an owner where the producer has none; no owner's name is empty. */
  private static final String NOBODY = "";

  private final Producers producers;
  private final EnvelopeReader envelopes;
  private final Doors doors;
  private final RequestRows rows;
  private final MeterRegistry meters;

  RequestHandler(
      Producers producers,
      EnvelopeReader envelopes,
      Doors doors,
      RequestRows rows,
      MeterRegistry meters) {
    this.producers = producers;
    this.envelopes = envelopes;
    this.doors = doors;
    this.rows = rows;
    this.meters = meters;
  }

  @Override
  public TaskResult handle(ConsumerRecord<String, byte[]> message, Permit permit) {
    Envelope envelope = envelopes.read(message);
    String id = idOf(message, envelope);
    String owner = producers.ownerOf(message.topic()).orElse(NOBODY);
    rows.receive(owner, id);
    try {
      if (owner.equals(NOBODY)) {
        throw new ProblemException(
            ProblemType.UNAUTHORIZED, "The topic " + message.topic() + " belongs to no owner.");
      }
      Accepted accepted = doors.submit(owner, id, envelope);
      rows.answer(owner, id, BatchKind.of(Objects.requireNonNull(envelope.kind)), accepted);
      count("accepted");
    } catch (ProblemException problem) {
      if (isOurs(problem)) {
        throw problem;
      }
      refuse(owner, id, problem);
    } catch (IOException storeIsAway) {
      throw new UncheckedIOException(storeIsAway);
    } catch (RuntimeException failure) {
      if (comesRightByItself(failure)) {
        throw failure;
      }
      log.error("Request {} of {} failed", id, message.topic(), failure);
      refuse(
          owner,
          id,
          new ProblemException(
              ProblemType.INTERNAL_ERROR, "Something went wrong on our side; it has been logged."));
    }
    return TaskResult.finished();
  }

  /**
   * The id to answer to: the envelope's, else the record's key.
   *
   * @throws IllegalRecordException where there is none
   */
  private static String idOf(ConsumerRecord<String, byte[]> message, Envelope envelope) {
    String id = envelope.requestId;
    if (id != null && IdempotencyKey.isValid(id)) {
      return id;
    }
    envelope.wrong(
        id == null
            ? ProblemException.of(
                ProblemType.INVALID_REQUEST, FieldProblem.of("requestId", "is required"))
            : ProblemException.of(
                ProblemType.INVALID_IDEMPOTENCY_KEY,
                FieldProblem.of("requestId", "must be 1 to 200 visible ASCII characters")));
    @Nullable String key = message.key();
    if (key == null || !IdempotencyKey.isValid(key)) {
      ProblemException why = envelope.wrong;
      throw new IllegalRecordException(
          "neither value nor key hold a request id: " + (why == null ? "" : why.detail()));
    }
    return key;
  }

  private void refuse(String owner, String id, ProblemException problem) {
    rows.refuse(owner, id, Problems.of(problem));
    count("rejected");
  }

  private void count(String outcome) {
    meters.counter("kombine.requests", "outcome", outcome).increment();
  }

  /** What REST answers with 'try again': here that is for us to do. */
  private static boolean isOurs(ProblemException problem) {
    return problem.type() == ProblemType.BUSY || problem.type() == ProblemType.TOO_MANY_REQUESTS;
  }

  private static boolean comesRightByItself(RuntimeException failure) {
    return failure instanceof TransactionException
        || failure instanceof UncheckedIOException
        || (failure instanceof DataAccessException
            && !(failure instanceof DataIntegrityViolationException));
  }
}
