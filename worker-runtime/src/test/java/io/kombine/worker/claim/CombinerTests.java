package io.kombine.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;

class CombinerTests {

  private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();

  private Combiner<Integer, Integer> combiner(int maxBatch, Combiner.Work<Integer, Integer> work) {
    return new Combiner<>(
        "test",
        maxBatch,
        100,
        input -> input % 1_000,
        batch -> {
          batches.add(batch);
          return work.run(batch);
        });
  }

  private static List<Integer> doubled(List<Integer> batch) {
    return batch.stream().map(input -> 2 * input).toList();
  }

  @Test
  void callsThatArriveWhileOneRunsGoTogetherInBatchesOfBoundedSize() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Combiner<Integer, Integer> combiner =
            combiner(
                4,
                batch -> {
                  running.countDown();
                  awaitUninterruptibly(go);
                  return doubled(batch);
                });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      answers.add(threads.submit(() -> combiner.call(0)));
      running.await();
      AtomicInteger arriving = new AtomicInteger();
      for (int i = 1; i <= 6; i++) {
        int input = i;
        Thread.State waiting = Thread.State.WAITING;
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> answer.complete(combiner.call(input)));
        answers.add(answer);
        await().until(() -> caller.getState() == waiting);
        arriving.incrementAndGet();
      }
      go.countDown();
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(2 * i);
      }
      assertThat(arriving).hasValue(6);
    }
    assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3, 4), List.of(5, 6));
  }

  @Test
  void callsWithOneKeyNeverShareABatch() throws Exception {
    try (Combiner<Integer, Integer> combiner = combiner(100, CombinerTests::doubled);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 90; i++) {
        int input = i % 3 + 1_000 * i;
        answers.add(threads.submit(() -> combiner.call(input)));
      }
      for (Future<Integer> answer : answers) {
        answer.get();
      }
    }
    assertThat(batches)
        .allSatisfy(batch -> {
          List<Integer> keys = batch.stream().map(input -> input % 1_000).toList();
          assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
        });
  }

  @Test
  void refusedCallDoesNotFailItsCompany() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Combiner<Integer, Integer> combiner =
        combiner(
            10,
            batch -> {
              running.countDown();
              awaitUninterruptibly(go);
              if (batch.contains(13)) {
                throw new DataIntegrityViolationException("13");
              }
              return doubled(batch);
            })) {
      CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> combiner.call(1));
      running.await();
      CompletableFuture<Integer> good = new CompletableFuture<>();
      Thread goodCaller = Thread.ofVirtual().start(() -> good.complete(combiner.call(2)));
      await().until(() -> goodCaller.getState() == Thread.State.WAITING);
      Thread opener =
          Thread.ofVirtual()
              .unstarted(() -> {
                awaitUninterruptibly(running);
                go.countDown();
              });
      opener.start();
      assertThatThrownBy(() -> combiner.call(13))
          .isInstanceOf(DataIntegrityViolationException.class);
      assertThat(good.get()).isEqualTo(4);
      assertThat(first.get()).isEqualTo(2);
    }
  }

  @Test
  void batchRolledBackForALockIsTriedThreeTimes() {
    AtomicInteger tries = new AtomicInteger();
    try (Combiner<Integer, Integer> combiner =
        combiner(
            10,
            batch -> {
              if (tries.incrementAndGet() % 3 != 0) {
                throw new CannotAcquireLockException("deadlock");
              }
              return doubled(batch);
            })) {
      assertThat(combiner.call(4)).isEqualTo(8);
      assertThat(tries).hasValue(3);
    }
  }

  @Test
  void callBeyondTheBoundAndCallAfterCloseFailAtOnce() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Combiner<Integer, Integer> combiner =
        new Combiner<>(
            "test",
            1,
            1,
            input -> input,
            batch -> {
              running.countDown();
              awaitUninterruptibly(go);
              return doubled(batch);
            });
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> combiner.call(1));
    running.await();
    CompletableFuture<Throwable> second = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                combiner.call(2);
              } catch (RuntimeException e) {
                second.complete(e);
              }
            });
    await().until(() -> caller.getState() == Thread.State.WAITING);
    assertThatThrownBy(() -> combiner.call(3))
        .isInstanceOf(TransientDataAccessResourceException.class)
        .hasMessageContaining("too many calls");
    combiner.close();
    go.countDown();
    assertThat(first.get()).isEqualTo(2);
    assertThat(second.get()).hasMessageContaining("stopping");
    assertThatThrownBy(() -> combiner.call(4))
        .isInstanceOf(TransientDataAccessResourceException.class);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
