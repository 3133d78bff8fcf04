package io.kombine.system.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.local.StackSettings;
import io.kombine.local.client.KombineClient;
import io.kombine.local.client.ProblemException;
import io.kombine.local.client.Watch;
import io.kombine.system.DeliveredTree;
import io.kombine.system.crash.CrashRow.Decision;
import io.kombine.system.crash.CrashRow.Moment;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets a service die at each of its boundaries, starts it again, and follows the batch to its end.
 * What it saw is the table of docs/crash-points.md: {@code -Dkombine.crash-table.write=true} writes
 * it there. {@code -Dkombine.crash-rows=REGEX} runs only the rows whose names have a match.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("acceptance")
class CrashPointsIT {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final long CALL_MILLIS = 3_000;
  private static final int SERVER_ERROR = 500;

  private static final List<CrashRow> ROWS = CrashRows.all();
  private static final Map<CrashRow, String> THERE = new ConcurrentHashMap<>();
  private static final Map<CrashRow, Ending> ENDS = new ConcurrentHashMap<>();
  private static final AtomicInteger BATCHES = new AtomicInteger();

  private static @Nullable CrashSystem running;
  private static String source = "";

  private final KombineClient client = system().client();
  private String there = "";

  @BeforeAll
  static void start(@TempDir Path scratch) throws Exception {
    CrashSystem started = CrashSystem.start(Path.of("target", "systems", "crash"));
    running = started;
    try (KombineClient uploading = started.client()) {
      source = uploading.upload(List.of(picture(scratch.resolve("source.png")))).getFirst();
    }
  }

  @AfterAll
  static void end() {
    system().close();
  }

  @AfterEach
  void heal() throws IOException {
    client.close();
    system().heal();
  }

  static List<CrashRow> rows() {
    Pattern chosen = Pattern.compile(System.getProperty("kombine.crash-rows", ""));
    return ROWS.stream().filter(row -> chosen.matcher(row.toString()).find()).toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  @Order(1)
  void workThatWasCutOffComesToItsEnd(CrashRow row) throws Exception {
    String name = "Crash-" + BATCHES.incrementAndGet();

    UUID batch = cutOff(row, name);

    JsonNode status = rest(batch);
    Ending ending = ending(batch, status);
    THERE.put(row, there);
    ENDS.put(row, ending);
    assertThat(there).as("what was there").isEqualTo(row.there());
    assertThat(ending).isEqualTo(new Ending(row.end(), row.begun(), row.billed(), row.ledger()));
    if (row.decision() != null) {
      status = decided(batch, row, ending);
    }
    assertThat(status.path("cost").path("held").decimalValue()).as("%s", status).isZero();
    assertTreeIsExact(batch, status);
    assertWorkersLedgerAgrees(name, row, batch);
  }

  @Test
  @Order(2)
  void tableOfTheDocumentationIsWhatWasSeen() throws Exception {
    String table = CrashTable.of(ROWS, THERE, ENDS);
    Files.writeString(Path.of("target", "crash-points.md"), table);
    Path page = StackSettings.rootAbove(Path.of("")).resolve("docs/crash-points.md");
    if (rows().size() < ROWS.size()) {
      return;
    }
    if (Boolean.getBoolean("kombine.crash-table.write")) {
      CrashTable.write(page, table);
    }
    assertThat(CrashTable.in(page))
        .as(
            "the table in docs/crash-points.md; see it through, then write it with"
                + " -Dkombine.crash-table.write=true")
        .isEqualTo(table);
  }

  /** Submits a batch, lets the row's process die of it, and starts the process again. */
  private UUID cutOff(CrashRow row, String name) throws Exception {
    CrashSystem system = system();
    system.awaitIdle();
    String body = row.work().json(name, source);
    if (row.moment() == Moment.RUNNING) {
      system
          .simulator()
          .faults()
          .put(FaultRule.of(Vendor.OPENAI, FaultKind.LATENCY).millis(CALL_MILLIS));
    }
    UUID batch = null;
    switch (row.moment()) {
      case SUBMITTED -> {
        order(row);
        batch = asked(() -> client.submit(body, name));
      }
      case RUNNING -> {
        UUID submitted = client.submit(body, name);
        awaitStates(submitted, "RUNNING");
        if (row.point() == null) {
          await("the call").atMost(CrashSystem.PATIENCE).until(() -> billed(name) > 0);
          system.kill(row.service());
        } else {
          order(row);
        }
        batch = submitted;
      }
      case CANCELLED -> {
        UUID submitted = client.submit(body, name);
        awaitStates(submitted, "SUCCEEDED", "AWAITING_APPROVAL");
        order(row);
        // why aside: the answer waits for a worker that is gone
        Thread.startVirtualThread(() -> asked(() -> cancel(submitted)));
        batch = submitted;
      }
    }
    if (row.point() != null) {
      system.awaitDeath(row.service());
    }
    there = system.traces().of(row, name);
    system.restart(row.service());
    if (batch == null) {
      batch = client.submit(body, name);
    }
    if (row.moment() == Moment.CANCELLED) {
      UUID cancelled = batch;
      await("the cancel's confirmation")
          .atMost(CrashSystem.PATIENCE)
          .ignoreExceptionsMatching(CrashPointsIT::passes)
          .until(() -> cancel(cancelled).path("confirmed").asBoolean());
    }
    return batch;
  }

  private static void order(CrashRow row) throws IOException {
    if (row.point() != null) {
      system().order(row.service(), row.point());
    }
  }

  /** What a client hears; nothing where the process that answers is gone. */
  private static <T> @Nullable T asked(Callable<T> request) {
    try {
      return request.call();
    } catch (Exception e) {
      if (passes(e)) {
        return null;
      }
      throw new IllegalStateException(e);
    }
  }

  private JsonNode cancel(UUID batch) throws Exception {
    return client.post("/api/batches/" + batch + "/cancel", "", null);
  }

  /** Waits until nothing more happens to a batch by itself, and answers its status. */
  private JsonNode rest(UUID batch) {
    return await("batch " + batch + " to come to rest")
        .atMost(CrashSystem.PATIENCE)
        .pollInterval(POLL)
        .ignoreExceptionsMatching(CrashPointsIT::passes)
        .until(
            () -> client.batch(batch),
            status ->
                Watch.hasEnded(status)
                    || status.path("status").asString().equals("WAITING_FOR_DECISION"));
  }

  private JsonNode decided(UUID batch, CrashRow row, Ending before) throws Exception {
    boolean retry = row.decision() == Decision.RETRY;
    String step = stepsOf(batch).getFirst().path("step_id").asString();
    client.post(
        "/api/batches/%s/steps/%s/decision".formatted(batch, step),
        "{\"decision\":\"%s\"}".formatted(retry ? "retry" : "give_up"),
        null);
    JsonNode status =
        await("end of batch " + batch)
            .atMost(CrashSystem.PATIENCE)
            .pollInterval(POLL)
            .until(() -> client.batch(batch), Watch::hasEnded);
    Ending after = ending(batch, status);
    assertThat(after.end()).isEqualTo(retry ? "1 succeeded" : "1 failed");
    assertThat(after.billed()).isEqualTo(before.billed() + (retry ? 1 : 0));
    return status;
  }

  private Ending ending(UUID batch, JsonNode status) throws Exception {
    return Ending.of(
        client, system().system().calls(), system().simulator().invoice(), batch, status);
  }

  /** Files lie where the manifest says, with the bytes it says, and nothing else does. */
  private void assertTreeIsExact(UUID batch, JsonNode status) throws Exception {
    Path folder = Path.of(URI.create(status.path("delivery").path("folder_url").asString()));
    DeliveredTree tree = DeliveredTree.ofFolder(folder);
    assertThat(tree.files()).containsKey(DeliveredTree.MANIFEST);
    JsonNode manifest =
        JsonMapper.builder().build().readTree(folder.resolve(DeliveredTree.MANIFEST).toFile());
    Map<String, String> listed = new TreeMap<>();
    int succeeded = 0;
    for (JsonNode step : manifest.path("steps")) {
      for (JsonNode output : step.path("outputs")) {
        if (output.has("path")) {
          listed.put(output.path("path").asString(), output.path("sha256").asString());
        }
      }
    }
    for (JsonNode step : stepsOf(batch)) {
      succeeded += step.path("state").asString().equals("SUCCEEDED") ? 1 : 0;
    }
    assertThat(tree.outputs().files()).isEqualTo(listed).hasSize(succeeded);
  }

  /** The workers' ledgers add up to what is billed, where nothing is open. */
  private static void assertWorkersLedgerAgrees(String name, CrashRow row, UUID batch)
      throws Exception {
    if (row.decision() == null && row.work() != Work.LOCAL) {
      assertThat(system().traces().workersLedger(name))
          .as("the workers' ledgers of batch " + batch)
          .satisfies(sum -> assertThat(new BigDecimal(sum)).isEqualByComparingTo(due(name)));
    }
  }

  private static BigDecimal due(String name) throws Exception {
    BigDecimal due = BigDecimal.ZERO;
    for (UUID step : system().traces().stepIds(name)) {
      for (var line : system().simulator().invoice().linesOf(step.toString())) {
        due = due.add(line.due());
      }
    }
    return due;
  }

  private static int billed(String name) throws Exception {
    int billed = 0;
    for (UUID step : system().traces().stepIds(name)) {
      billed += system().simulator().invoice().linesOf(step.toString()).size();
    }
    return billed;
  }

  private List<JsonNode> stepsOf(UUID batch) throws Exception {
    List<JsonNode> steps = new ArrayList<>();
    client.get("/api/batches/" + batch + "/steps").path("steps").forEach(steps::add);
    return steps;
  }

  private void awaitStates(UUID batch, String... states) {
    await("steps of batch " + batch)
        .atMost(CrashSystem.PATIENCE)
        .pollInterval(POLL)
        .until(
            () -> stepsOf(batch).stream().map(step -> step.path("state").asString()).toList(),
            Arrays.asList(states)::equals);
  }

  /** Whether a client is to ask again: the process that answers is gone or coming back. */
  private static boolean passes(Throwable failure) {
    return failure instanceof IOException
        || (failure instanceof ProblemException problem && problem.status() >= SERVER_ERROR);
  }

  private static CrashSystem system() {
    CrashSystem system = running;
    if (system == null) {
      throw new IllegalStateException("the system has not started");
    }
    return system;
  }

  /** Large enough for every provider. */
  private static Path picture(Path file) throws IOException {
    BufferedImage picture = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setPaint(Color.ORANGE);
    pen.fillOval(100, 60, 400, 300);
    pen.dispose();
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }
}
