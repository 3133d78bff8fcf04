package io.kombine.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.kombine.contracts.ContractSamples;
import io.kombine.contracts.Ids;
import io.kombine.contracts.Money;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepPrice;
import io.kombine.testing.TestDatabase;
import io.kombine.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.JdbcTemplate;

/** Several workers that share the limits of one database. */
final class LimitFixture implements AutoCloseable {

  static final Duration HARD_TIMEOUT = Duration.ofMinutes(1);
  static final String ACCOUNT = "openai";
  static final String OTHER = "gemini";

  private final List<AutoCloseable> open = new ArrayList<>();
  private final TestDatabase database = TestPostgres.freshDatabase();
  final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
  final List<SimpleMeterRegistry> registries = new ArrayList<>();
  final List<PostgresAccountLimits> workers = new ArrayList<>();

  /** Workers that start at the same time on an empty database. */
  LimitFixture(int count, AccountLimit limit) throws Exception {
    AccountProperties properties =
        new AccountProperties(
            limit.limits() ? Map.of(ACCOUNT, limit) : Map.of(),
            new BreakerProperties(
                3, Duration.ofMillis(400), Duration.ofSeconds(5), Duration.ofMinutes(10)));
    List<Future<PostgresAccountLimits>> starting = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        registries.add(registry);
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(database.dataSource());
        pool.setMaximumPoolSize(8);
        pool.setMinimumIdle(0);
        starting.add(
            threads.submit(() -> {
              LimitSchema.migrate(pool);
              return LimitConfiguration.limits(pool, properties, registry);
            }));
        open.add(pool);
      }
      for (Future<PostgresAccountLimits> each : starting) {
        PostgresAccountLimits worker = each.get();
        worker.start();
        workers.add(worker);
        open.addFirst(worker);
      }
    }
  }

  static AccountLimit requests(int requests, Duration window, Duration margin) {
    return new AccountLimit(requests, window, margin, null, null);
  }

  PostgresAccountLimits worker(int n) {
    return workers.get(n);
  }

  static RunStep step(String account) {
    return step(account, "0.002");
  }

  static RunStep step(String account, String price) {
    RunStep sample = ContractSamples.read("run-step", RunStep.class);
    return new RunStep(
        sample.version(),
        Ids.next(),
        sample.batchId(),
        sample.owner(),
        sample.kind(),
        sample.groupIndex(),
        sample.ordinal(),
        1,
        0,
        1,
        3,
        account,
        sample.provider(),
        sample.model(),
        sample.prompt(),
        sample.promptIndex(),
        sample.variation(),
        sample.parameters(),
        sample.inputs(),
        sample.outputCount(),
        StepPrice.fixed("test", Money.of(price, "USD")),
        sample.contentKey(),
        sample.batchFolder(),
        sample.deliveries(),
        sample.admittedAt(),
        List.of());
  }

  static Token granted(AccountLimits limits, RunStep step) {
    Admission admission = limits.acquire(step, HARD_TIMEOUT);
    assertThat(admission).isInstanceOf(Admission.Granted.class);
    return ((Admission.Granted) admission).token();
  }

  int rows() {
    Integer count = jdbc.queryForObject("select count(*) from account_limits.calls", Integer.class);
    return count == null ? 0 : count;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }
}
