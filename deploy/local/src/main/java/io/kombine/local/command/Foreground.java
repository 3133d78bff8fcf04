package io.kombine.local.command;

import io.kombine.local.LocalStack;
import io.kombine.local.process.StackException;
import io.kombine.local.process.StackProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ties a running stack to this JVM: it ends with it, and this JVM ends with the stack. */
final class Foreground {

  private static final Duration WATCH = Duration.ofSeconds(1);

  private final LocalStack stack;
  private final CountDownLatch ending = new CountDownLatch(1);

  Foreground(LocalStack stack) {
    this.stack = stack;
  }

  /**
   * Returns when the stack has been ended, by Ctrl-C or from elsewhere.
   *
   * @throws StackException when a process has ended by itself; the others end with this JVM
   */
  void stay() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end-all"));
    while (!ending.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
      List<StackProcess> gone = stack.processes().stream().filter(p -> !p.isAlive()).toList();
      if (gone.size() == stack.processes().size()) {
        return;
      }
      // why look again: an orderly end from elsewhere takes the processes one by one
      if (!gone.isEmpty() && !ending.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
        complain(gone);
      }
    }
  }

  private void complain(List<StackProcess> gone) {
    List<String> unexpected =
        gone.stream().filter(p -> !p.wasStopped()).map(StackProcess::name).toList();
    if (!unexpected.isEmpty()) {
      throw new StackException(
          "%s has ended by itself; its log is in %s."
              .formatted(String.join(", ", unexpected), stack.directories().logs()));
    }
  }

  private void end() {
    ending.countDown();
    stack.stop();
  }
}
