package io.kombine.system.soak.drive;

import io.kombine.local.client.KombineClient;
import io.kombine.local.client.ProblemException;
import io.kombine.system.soak.audit.Evidence.Miscount;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * Asks every gateway and batch-api for the status of every batch, all the time, and notes what does
 * not add up. No answer, or one that says to come again, is none; that a batch is not there is a
 * lie.
 */
final class StatusPolls implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int NOT_FOUND = 404;
  private static final int MOST_NOTES = 100;

  private final Submissions batches;
  private final AtomicLong answers = new AtomicLong();
  private final List<Miscount> miscounts = new ArrayList<>();
  private final Map<String, Integer> problems = new TreeMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  StatusPolls(Submissions batches, Map<String, KombineClient> informants) {
    this.batches = batches;
    informants.forEach(
        (name, client) -> threads.add(Thread.ofVirtual().start(() -> ask(name, client))));
  }

  private void ask(String process, KombineClient client) {
    try {
      while (!closed) {
        for (UUID batch : batches.accepted().values()) {
          ask(process, client, batch);
          Thread.sleep(PAUSE);
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(String process, KombineClient client, UUID batch) throws InterruptedException {
    try {
      JsonNode status = client.batch(batch);
      answers.incrementAndGet();
      int total = StatusWords.total(status);
      if (StatusWords.sum(status) != total || total != batches.steps(batch)) {
        note(process, batch, status.path("counts").toString());
      }
    } catch (IOException e) {
      problem(e.getClass().getSimpleName());
    } catch (ProblemException e) {
      problem(Integer.toString(e.status()));
      if (e.status() == NOT_FOUND) {
        note(process, batch, e.toString());
      }
    }
  }

  private synchronized void note(String process, UUID batch, String counts) {
    if (miscounts.size() < MOST_NOTES) {
      miscounts.add(new Miscount(Instant.now(), process, batch, counts));
    }
  }

  private synchronized void problem(String kind) {
    problems.merge(kind, 1, Integer::sum);
  }

  /** Statuses that were answered so far. */
  long answers() {
    return answers.get();
  }

  /** At most {@value #MOST_NOTES}. */
  synchronized List<Miscount> miscounts() {
    return List.copyOf(miscounts);
  }

  /** How often there was no answer, or a problem, by its kind. */
  synchronized Map<String, Integer> problems() {
    return new TreeMap<>(problems);
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
