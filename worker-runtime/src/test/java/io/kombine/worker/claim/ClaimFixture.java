package io.kombine.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.kombine.contracts.ContractSamples;
import io.kombine.contracts.Ids;
import io.kombine.contracts.Money;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.testing.TestDatabase;
import io.kombine.testing.TestPostgres;
import io.kombine.worker.WorkerIdentity;
import io.kombine.worker.topic.StageCap;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Several workers on one database of their own. */
final class ClaimFixture implements AutoCloseable {

  static final Duration HARD_TIMEOUT = Duration.ofMinutes(10);

  private final List<AutoCloseable> open = new ArrayList<>();
  private final TestDatabase database = TestPostgres.freshDatabase();
  final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicBoolean loseAnswer = new AtomicBoolean();
  private final AtomicReference<Runnable> beforeAnswer = new AtomicReference<>(() -> {});
  private final Duration lease;
  private final int cap;

  ClaimFixture(Duration lease, int cap) {
    this.lease = lease;
    this.cap = cap;
    Flyway.configure()
        .dataSource(database.dataSource())
        .locations(ClaimConfiguration.MIGRATIONS)
        .load()
        .migrate();
  }

  /** A worker that renews nothing by itself. */
  PostgresClaims worker(String name) {
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(forgetful());
    pool.setMaximumPoolSize(8);
    pool.setMinimumIdle(0);
    Map<StepKind, StageCap> caps = new EnumMap<>(StepKind.class);
    for (StepKind kind : StepKind.values()) {
      caps.put(kind, new StageCap(cap, 1));
    }
    PostgresClaims claims =
        new PostgresClaims(
            pool,
            WorkerIdentity.of(name),
            new ClaimProperties(lease, 3, 500, 10_000, Duration.ofSeconds(10), Duration.ofDays(30)),
            caps,
            new ClaimMetrics(registry, caps));
    open.add(claims);
    open.add(pool);
    return claims;
  }

  /** The next commit of a worker is made, but fails as if the connection had broken then. */
  void loseNextCommitAnswer() {
    loseAnswer.set(true);
  }

  /** The next commit of a worker is made, and its answer is heard only after this has run. */
  void beforeNextCommitAnswer(Runnable meanwhile) {
    beforeAnswer.set(meanwhile);
  }

  /** How many transactions all workers have committed. */
  int workerCommits() {
    return commits.get();
  }

  private DataSource forgetful() {
    return new DelegatingDataSource(database.dataSource()) {
      @Override
      public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection)
            Proxy.newProxyInstance(
                ClaimFixture.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  Object answer;
                  try {
                    answer = method.invoke(connection, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                  if (method.getName().equals("commit")) {
                    commits.incrementAndGet();
                    beforeAnswer.getAndSet(() -> {}).run();
                    if (loseAnswer.getAndSet(false)) {
                      throw new SQLException("connection lost", "08006");
                    }
                  }
                  return answer;
                });
      }
    };
  }

  static RunStep step() {
    return step(Ids.next(), Ids.next(), 1, 0);
  }

  static RunStep ofBatch(UUID batchId) {
    return step(Ids.next(), batchId, 1, 0);
  }

  static RunStep again(RunStep step, int epoch, int settledEpoch) {
    return step(step.stepId(), step.batchId(), epoch, settledEpoch);
  }

  static RunStep step(UUID stepId, UUID batchId, int epoch, int settledEpoch) {
    RunStep sample = ContractSamples.read("run-step", RunStep.class);
    return new RunStep(
        sample.version(),
        stepId,
        batchId,
        sample.owner(),
        sample.kind(),
        sample.groupIndex(),
        sample.ordinal(),
        epoch,
        settledEpoch,
        1,
        3,
        sample.account(),
        sample.provider(),
        sample.model(),
        sample.prompt(),
        sample.promptIndex(),
        sample.variation(),
        sample.parameters(),
        sample.inputs(),
        sample.outputCount(),
        sample.price(),
        sample.contentKey(),
        sample.batchFolder(),
        sample.deliveries(),
        sample.admittedAt(),
        List.of());
  }

  static StepEvent succeeded(Claim claim) {
    return event(claim, StepState.SUCCEEDED, null);
  }

  static StepEvent failed(Claim claim, String code) {
    return event(claim, StepState.FAILED, code);
  }

  static StepEvent unknown(Claim claim) {
    return event(claim, StepState.UNKNOWN, "ambiguous");
  }

  static StepEvent event(Claim claim, StepState state, @Nullable String code) {
    RunStep step = claim.step();
    return new StepEvent(
        StepEvent.VERSION,
        Ids.next(),
        step.batchId(),
        step.stepId(),
        step.kind(),
        step.groupIndex(),
        step.ordinal(),
        step.epoch(),
        step.attempt(),
        state,
        Instant.parse("2026-11-21T08:00:00Z"),
        "worker",
        step.account(),
        List.of(),
        state == StepState.SUCCEEDED ? Money.of("0.002", "USD") : null,
        code == null ? null : new StepProblem(code, "It went wrong."),
        null,
        null);
  }

  static Claim fresh(Claims claims, RunStep step) {
    return claim(claims.reserve(step, 0), Reservation.Fresh.class);
  }

  static Claim begun(Claims claims, RunStep step) {
    return begun(claims, step, HARD_TIMEOUT);
  }

  static Claim begun(Claims claims, RunStep step, Duration hardTimeout) {
    Claim claim = fresh(claims, step);
    assertThat(claims.begin(claim, hardTimeout)).isEqualTo(new Begin.Granted());
    return claim;
  }

  static Claim claim(Reservation reservation, Class<? extends Reservation> type) {
    assertThat(reservation).isInstanceOf(type);
    return switch (reservation) {
      case Reservation.Fresh(Claim claim) -> claim;
      case Reservation.TakenOver(Claim claim, var task) -> claim;
      case Reservation.Exhausted(Claim claim) -> claim;
      default -> throw new AssertionError(reservation);
    };
  }

  /** Waits until the lease of a silent owner has run out. */
  void awaitLeaseEnd(RunStep step) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(10))
        .until(() ->
            Boolean.TRUE.equals(
                jdbc.queryForObject(
                    "select lease_until < clock_timestamp() from claims where step_id = ?",
                    Boolean.class,
                    step.stepId())));
  }

  String state(RunStep step) {
    return jdbc.queryForObject(
        "select state from claims where step_id = ?", String.class, step.stepId());
  }

  int slotsTaken() {
    Integer taken =
        jdbc.queryForObject(
            "select count(*) from slots where free_after > clock_timestamp()", Integer.class);
    return taken == null ? 0 : taken;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }
}
