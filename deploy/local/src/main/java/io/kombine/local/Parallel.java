package io.kombine.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Several pieces of work at once. */
final class Parallel {

  private Parallel() {}

  /**
   * Runs all pieces at once and waits for all of them.
   *
   * @throws RuntimeException the first failure, with the others suppressed in it
   */
  static void run(List<Runnable> pieces) {
    List<CompletableFuture<Void>> running = new ArrayList<>();
    RuntimeException failure = null;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      pieces.forEach(piece -> running.add(CompletableFuture.runAsync(piece, threads)));
    }
    for (CompletableFuture<Void> piece : running) {
      try {
        piece.join();
      } catch (CompletionException e) {
        RuntimeException cause =
            e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
        if (failure == null) {
          failure = cause;
        } else {
          failure.addSuppressed(cause);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
