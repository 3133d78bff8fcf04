package io.kombine.batch.money;

import io.kombine.batch.BatchApiApplication;
import io.kombine.batch.account.Accounts;
import io.kombine.batch.control.BatchControlService;
import io.kombine.batch.model.BatchRow;
import io.kombine.batch.model.BatchRows;
import io.kombine.batch.model.BatchService;
import io.kombine.batch.model.NewBatch;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedGroup;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import io.kombine.testing.KombineInfrastructure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole of batch-api on real stores, with workers that a test can count. */
@KombineInfrastructure
@SpringBootTest(classes = BatchApiApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class MoneyTest {

  @Autowired BatchService service;
  @Autowired BatchRows batches;
  @Autowired BatchControlService control;
  @Autowired Accounts accounts;
  @Autowired JdbcClient jdbc;
  @Autowired Environment environment;

  CountingWorkers workers;

  @DynamicPropertySource
  static void directory(DynamicPropertyRegistry registry) throws IOException {
    Path directory = Files.createTempDirectory("artifacts");
    registry.add("kombine.artifacts.directory", directory::toString);
  }

  @BeforeEach
  void startWorkers() {
    workers =
        new CountingWorkers(environment.getRequiredProperty("spring.kafka.bootstrap-servers"));
  }

  @AfterEach
  void stopWorkers() {
    workers.close();
  }

  /** A batch of images, each with so many videos made of it. */
  UUID batch(String owner, int images, int videosEach, StepPrice price, @Nullable String maxCost) {
    List<PlannedStep> steps = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      int parent = steps.size();
      steps.add(step(parent, StepKind.I2I, null, List.of(), price));
      for (int video = 0; video < videosEach; video++) {
        StepInput input = StepInput.ofParent(StepInput.Role.IMAGE, 0);
        steps.add(step(steps.size(), StepKind.I2V, parent, List.of(input), price));
      }
    }
    Plan plan =
        new Plan(BatchKind.PIPELINE, List.of(new PlannedGroup(0, "one", null, null)), steps);
    return service
        .accept(
            new NewBatch(
                owner,
                "test",
                "test",
                plan,
                "{}",
                plan.cost("USD"),
                maxCost == null ? null : new BigDecimal(maxCost),
                null,
                null))
        .batchId();
  }

  private static PlannedStep step(
      int ordinal,
      StepKind kind,
      @Nullable Integer parent,
      List<StepInput> inputs,
      StepPrice price) {
    return new PlannedStep(
        ordinal,
        0,
        kind,
        parent,
        "local",
        "local",
        "local-model",
        "prompt " + ordinal,
        0,
        0,
        StepParameters.NONE,
        inputs,
        1,
        price,
        null,
        List.of(),
        false);
  }

  static StepPrice price(String amount, String hold) {
    return new StepPrice("test", Money.of(amount, "USD"), Money.of(hold, "USD"), null);
  }

  BatchRow row(UUID batchId) {
    return batches.find(batchId).orElseThrow();
  }

  int succeeded(UUID batchId) {
    return count("SELECT count(*) FROM steps WHERE batch_id = ? AND state = 'SUCCEEDED'", batchId);
  }

  int count(String sql, Object... params) {
    return jdbc.sql(sql).params(params).query(Integer.class).single();
  }

  BigDecimal money(String sql, Object... params) {
    return jdbc.sql(sql).params(params).query(BigDecimal.class).single();
  }

  static ConditionFactory within(int seconds) {
    return Awaitility.await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(Duration.ofSeconds(seconds));
  }
}
