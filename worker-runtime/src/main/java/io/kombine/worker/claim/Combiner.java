package io.kombine.worker.claim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Many callers, one round trip: a call runs at once where none is running; those that arrive
 * meanwhile run together next, at most {@code maxBatch} at a time. Two calls with the same key
 * never share a batch, and batches run one after the other, in the order of arrival.
 *
 * <p>At most {@code maxWaiting} calls wait; a further one fails at once with a {@link
 * TransientDataAccessResourceException}. Callers wait uninterruptibly, since the effect of their
 * call can't be taken back. The work runs on a thread of its own, which no caller's interruption
 * reaches.
 *
 * @param <I> what a call asks
 * @param <O> its answer
 */
final class Combiner<I, O> implements AutoCloseable {

  private static final int TRIES = 3;

  /** Answers a batch, in its order, as one atomic effect. */
  @FunctionalInterface
  interface Work<I, O> {
    List<O> run(List<I> batch);
  }

  private record Call<I, O>(I input, CompletableFuture<O> answer) {}

  private final String name;
  private final int maxBatch;
  private final Function<I, Object> key;
  private final Work<I, O> work;
  private final LinkedBlockingQueue<Call<I, O>> waiting;
  private final Thread thread;
  private volatile boolean closed;

  Combiner(String name, int maxBatch, int maxWaiting, Function<I, Object> key, Work<I, O> work) {
    this.name = name;
    this.maxBatch = maxBatch;
    this.key = key;
    this.work = work;
    this.waiting = new LinkedBlockingQueue<>(maxWaiting);
    this.thread = Thread.ofPlatform().daemon().name("claims-" + name).start(this::serve);
  }

  O call(I input) {
    Call<I, O> call = new Call<>(input, new CompletableFuture<>());
    if (!waiting.offer(call)) {
      throw new TransientDataAccessResourceException(
          "too many calls of " + name + " wait for the database");
    }
    if (closed) {
      failWaiting();
    }
    try {
      return call.answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void serve() {
    try {
      while (!closed) {
        run(nextBatch());
      }
    } catch (InterruptedException e) {
      // why ignored: only close interrupts
    } finally {
      failWaiting();
    }
  }

  private List<Call<I, O>> nextBatch() throws InterruptedException {
    List<Call<I, O>> batch = new ArrayList<>();
    Set<Object> keys = new HashSet<>();
    Call<I, O> call = waiting.take();
    batch.add(call);
    keys.add(key.apply(call.input));
    for (@Nullable Call<I, O> next = waiting.peek();
        next != null && batch.size() < maxBatch && keys.add(key.apply(next.input));
        next = waiting.peek()) {
      waiting.remove();
      batch.add(next);
    }
    return batch;
  }

  private void run(List<Call<I, O>> batch) {
    try {
      List<O> answers = attempt(batch.stream().map(Call::input).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer.complete(answers.get(i));
      }
    } catch (NonTransientDataAccessException e) {
      if (batch.size() == 1 || e instanceof NonTransientDataAccessResourceException) {
        batch.forEach(call -> call.answer.completeExceptionally(e));
      } else {
        // why: one call that the database refuses must not fail its company
        batch.forEach(call -> run(List.of(call)));
      }
    } catch (Throwable e) {
      batch.forEach(call -> call.answer.completeExceptionally(e));
    }
  }

  private List<O> attempt(List<I> inputs) {
    for (int tried = 1; ; tried++) {
      try {
        return work.run(inputs);
      } catch (PessimisticLockingFailureException e) {
        // why again: the database has rolled it back to let another transaction pass
        if (tried == TRIES) {
          throw e;
        }
      }
    }
  }

  private void failWaiting() {
    for (@Nullable Call<I, O> call = waiting.poll(); call != null; call = waiting.poll()) {
      call.answer.completeExceptionally(
          new TransientDataAccessResourceException("the process is stopping"));
    }
  }

  /** Lets the running batch end; calls that wait fail. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
