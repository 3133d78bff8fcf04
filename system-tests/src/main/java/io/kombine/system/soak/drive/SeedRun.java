package io.kombine.system.soak.drive;

import io.kombine.local.client.KombineClient;
import io.kombine.system.TestPictures;
import io.kombine.system.soak.audit.Evidence;
import io.kombine.system.soak.schedule.Action;
import io.kombine.system.soak.schedule.Extent;
import io.kombine.system.soak.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * One seed's run on a system that runs: what its schedule says is done, then everything is started
 * again and the system left to finish, while the driver decides what waits for a person; then the
 * evidence is collected. One run at a time on a system.
 */
public final class SeedRun {

  private static final Duration READY = Duration.ofMinutes(3);

  /** What is not done so long after the last kill counts as lost. */
  private static final Duration FINISH = Duration.ofMinutes(5);

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int PICTURES = 3;
  private static final int SIDE = 320;

  private final SoakSystem system;
  private final Schedule schedule;
  private final Extent extent;
  private final Path scratch;

  /**
   * @param scratch a directory of the run's own, for its journal
   */
  public SeedRun(SoakSystem system, Schedule schedule, Extent extent, Path scratch) {
    this.system = system;
    this.schedule = schedule;
    this.extent = extent;
    this.scratch = scratch;
  }

  /** Runs it to its end. */
  public Finding run() throws IOException, SQLException, InterruptedException {
    Instant begun = Instant.now();
    Map<String, KombineClient> informants = new LinkedHashMap<>();
    for (String name : system.informants()) {
      informants.put(name, new KombineClient(system.stack().url(name)));
    }
    List<KombineClient> gateways = system.gateways().stream().map(informants::get).toList();
    system.simulator().reset();
    try (Journal journal = new Journal(scratch.resolve("journal.log"));
        Processes processes = new Processes(system.stack().processes(), journal)) {
      processes.awaitAllReady(READY);
      Submissions batches =
          new Submissions(schedule.seed(), gateways, sources(gateways.getFirst()), journal);
      Decisions decisions = new Decisions(schedule.seed(), gateways, journal);
      Database database = new Database(system.stack().database());
      try (StatusPolls polls = new StatusPolls(batches, informants)) {
        act(processes, batches, journal);
        system.simulator().faults().clear();
        processes.awaitAllReady(READY);
        journal.accept("everything is ready again");
        finish(database, batches, decisions, journal);
        Evidence evidence =
            new EvidenceCollector(
                    database,
                    system.simulator(),
                    system.stack().directories().artifacts(),
                    informants)
                .collect(prefix(), batches, polls, decisions.retries());
        return new Finding(
            schedule.seed(),
            Duration.between(begun, Instant.now()).toSeconds(),
            processes.kills(),
            processes.pauses(),
            processes.ends(),
            decisions.retried(),
            decisions.givenUp(),
            polls.problems(),
            evidence);
      }
    } finally {
      informants.values().forEach(KombineClient::close);
    }
  }

  private String prefix() {
    return "seed %d batch ".formatted(schedule.seed());
  }

  private List<String> sources(KombineClient gateway) throws IOException, InterruptedException {
    return gateway.upload(TestPictures.paint(scratch.resolve("pictures"), PICTURES, SIDE, SIDE));
  }

  /** Each action at its time, on a thread of its own: a kill does not wait for a slow submit. */
  private void act(Processes processes, Submissions batches, Consumer<String> journal)
      throws InterruptedException {
    Instant begun = Instant.now();
    List<Future<?>> submits = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Action action : schedule.actions()) {
        sleepUntil(begun.plus(action.at()));
        switch (action) {
          case Action.Submit submit ->
              submits.add(
                  threads.submit(() -> {
                    batches.submit(submit.number(), submit.shape());
                    return null;
                  }));
          case Action.Kill kill ->
              submits.add(threads.submit(() -> processes.kill(kill.process(), kill.down())));
          case Action.Pause pause ->
              submits.add(threads.submit(() -> processes.pause(pause.process(), pause.length())));
          case Action.Fault fault -> {
            system.simulator().faults().put(fault.rule());
            journal.accept("scripted " + fault.rule());
          }
        }
      }
      sleepUntil(begun.plus(extent.active()));
      for (Future<?> submit : submits) {
        submit.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("The schedule could not be kept", e.getCause());
    }
  }

  /** Until every batch has ended, or for so long as anybody would wait. */
  private void finish(
      Database database, Submissions batches, Decisions decisions, Consumer<String> journal)
      throws SQLException, InterruptedException {
    List<UUID> all = List.copyOf(batches.accepted().values());
    Instant deadline = Instant.now().plus(FINISH);
    while (!database.unfinished(all).isEmpty() || Bounds.isBusy(system.simulator())) {
      if (Instant.now().isAfter(deadline)) {
        journal.accept("not finished: " + database.unfinished(all));
        return;
      }
      decisions.decide(database.unknown(all));
      decisions.approve(database.unapproved(all));
      Thread.sleep(LOOK);
    }
    journal.accept("everything has ended");
  }

  private static void sleepUntil(Instant time) throws InterruptedException {
    Duration left = Duration.between(Instant.now(), time);
    if (left.isPositive()) {
      Thread.sleep(left);
    }
  }
}
