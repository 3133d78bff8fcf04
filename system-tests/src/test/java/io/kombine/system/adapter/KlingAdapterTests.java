package io.kombine.system.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.contracts.StepParameters;
import io.kombine.i2v.provider.kling.KlingConfiguration;
import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.SimulatorSettings;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.invoice.InvoiceLine;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.StepProvider;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class KlingAdapterTests {

  private static final StepParameters FIVE_SECONDS =
      StepParameters.video("720p", BigDecimal.valueOf(5), null);

  private final List<Path> videos = new ArrayList<>();
  private Simulator simulator;
  private AnnotationConfigApplicationContext worker;
  private StepProvider provider;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorSettings.defaults());
    worker = Adapters.start(KlingConfiguration.class, account());
    provider = Adapters.provider(worker);
  }

  @AfterEach
  void stop() throws IOException {
    worker.close();
    simulator.close();
    for (Path video : videos) {
      Files.deleteIfExists(video);
    }
  }

  private Map<String, Object> account() {
    Map<String, Object> properties = new HashMap<>();
    String account = "kombine.providers.kling.main.";
    properties.put(account + "access-key", SimulatorSettings.KLING_ACCESS_KEY);
    properties.put(account + "secret-key", SimulatorSettings.KLING_SECRET_KEY);
    properties.put(account + "base-url", simulator.baseUrl().toString());
    properties.put(account + "poll-interval", "100ms");
    properties.put(account + "request-timeout", "2s");
    properties.put(account + "timeout", "20s");
    return properties;
  }

  private Map<String, Object> at(Gateway gateway) {
    Map<String, Object> properties = account();
    properties.put("kombine.providers.kling.main.base-url", gateway.baseUrl());
    return properties;
  }

  private static AdapterCall call() {
    return AdapterCall.video(FIVE_SECONDS, AdapterCall.jpeg(640, 360));
  }

  private static FaultRule onCreate(FaultKind kind) {
    return FaultRule.of(Vendor.KLING, kind).on("create");
  }

  @Test
  void videoComesBackMeasuredAndIsBilledOnceToItsAttempt() throws Exception {
    AdapterCall call = call();

    ProducedOutput output = video(provider.call(call));

    assertThat(output.mediaType()).isEqualTo("video/mp4");
    assertThat(output.seconds()).isBetween(new BigDecimal("4.9"), new BigDecimal("5.2"));
    assertThat(output.widthPx()).isGreaterThan(output.heightPx());
    BufferedImage poster = ImageIO.read(new ByteArrayInputStream(output.thumbnail()));
    assertThat(poster.getWidth() / (double) poster.getHeight()).isBetween(1.6, 1.9);
    InvoiceLine line = onlyLine();
    assertThat(line.step()).isEqualTo(call.idempotencyKey());
    assertThat(line.stepId()).isEqualTo(call.step().stepId().toString());
    assertThat(call.submitted).containsExactly(line.taskId());
  }

  @Test
  void taskIsRecordedBeforeItIsAskedFor() throws Exception {
    simulator.faults().put(FaultRule.of(Vendor.KLING, FaultKind.DELAY).on("query").millis(0L));
    List<Long> queries = new ArrayList<>();
    AdapterCall call = call();
    call.whenSubmitted = () -> queries.add(simulator.faults().list().getFirst().matched());

    video(provider.call(call));

    assertThat(queries).containsExactly(0L);
    assertThat(simulator.faults().list().getFirst().matched()).isPositive();
  }

  @Test
  void apiKeyDoesAsWell() throws Exception {
    Map<String, Object> keyed = account();
    keyed.remove("kombine.providers.kling.main.access-key");
    keyed.remove("kombine.providers.kling.main.secret-key");
    keyed.put("kombine.providers.kling.main.api-key", "some-key");
    try (AnnotationConfigApplicationContext other =
        Adapters.start(KlingConfiguration.class, keyed)) {
      video(Adapters.provider(other).call(call()));
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(onCreate(FaultKind.REFUSAL), ProviderOutcome.Policy.class, 0),
        Arguments.of(onCreate(FaultKind.BILLING), ProviderOutcome.Billing.class, 0),
        Arguments.of(onCreate(FaultKind.UNAUTHORIZED), ProviderOutcome.Auth.class, 0),
        Arguments.of(onCreate(FaultKind.RATE_LIMIT), ProviderOutcome.Wait.class, 0),
        Arguments.of(onCreate(FaultKind.NO_CAPACITY), ProviderOutcome.Wait.class, 0),
        Arguments.of(onCreate(FaultKind.SERVER_ERROR).status(503), ProviderOutcome.Retry.class, 0),
        Arguments.of(onCreate(FaultKind.DROP_BEFORE), ProviderOutcome.Retry.class, 0),
        Arguments.of(onCreate(FaultKind.DROP_AFTER), ProviderOutcome.Succeeded.class, 1),
        Arguments.of(onCreate(FaultKind.LATENCY).millis(3000), ProviderOutcome.Succeeded.class, 1),
        Arguments.of(onCreate(FaultKind.MALFORMED), ProviderOutcome.Succeeded.class, 1),
        Arguments.of(onCreate(FaultKind.TRUNCATED), ProviderOutcome.Succeeded.class, 1),
        Arguments.of(onCreate(FaultKind.TASK_FAILURE), ProviderOutcome.Retry.class, 1),
        Arguments.of(
            onCreate(FaultKind.TASK_FAILURE).reason("Failure to pass the risk control system"),
            ProviderOutcome.Policy.class,
            1));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultHasItsOutcomeAndCreatesNoMoreThanOneTask(
      FaultRule fault, Class<? extends ProviderOutcome> outcome, int tasks) throws Exception {
    // why one before: a kept connection is where HTTP clients send again by themselves
    video(provider.call(call()));
    simulator.faults().put(fault);
    AdapterCall call = call();

    ProviderOutcome met = provider.call(call);

    remember(met);
    assertThat(met).isInstanceOf(outcome);
    assertThat(simulator.invoice().lines()).hasSize(1 + tasks);
    assertThat(simulator.invoice().linesOf(call.idempotencyKey())).hasSize(tasks);
    assertThat(call.submitted).hasSize(tasks);
    assertThat(simulator.faults().list().getFirst().fired()).isOne();
    BigDecimal due = simulator.invoice().lines().getLast().due();
    assertThat(met.charge())
        .isEqualTo(tasks == 1 && due.signum() > 0 ? Charge.asPriced() : Charge.none());
  }

  @Test
  void creationThatCannotBeAskedForIsAmbiguous() throws Exception {
    simulator.faults().put(onCreate(FaultKind.DROP_AFTER));
    simulator.faults().put(FaultRule.of(Vendor.KLING, FaultKind.SERVER_ERROR).on("query"));

    assertThat(provider.call(call()))
        .isInstanceOf(ProviderOutcome.Ambiguous.class)
        .extracting(ProviderOutcome::charge)
        .isEqualTo(Charge.unknown());
    onlyLine();
  }

  @Test
  void troubleWithPollingAndDownloadIsRiddenOut() throws Exception {
    simulator.faults().put(FaultRule.of(Vendor.KLING, FaultKind.SERVER_ERROR).on("query").times(2));
    simulator.faults().put(FaultRule.of(Vendor.KLING, FaultKind.TRUNCATED).on("download").nth(1));

    video(provider.call(call()));

    onlyLine();
    assertThat(simulator.faults().list()).allSatisfy(s -> assertThat(s.fired()).isPositive());
  }

  @Test
  void paidVideoOutOfReachIsHeldForADecision() throws Exception {
    simulator.faults().put(onCreate(FaultKind.EXPIRED_URL));

    assertThat(provider.call(call()))
        .isInstanceOf(ProviderOutcome.Ambiguous.class)
        .extracting(ProviderOutcome::charge)
        .isEqualTo(Charge.asPriced());
    onlyLine();
  }

  @Test
  void takenCallIsFoundByItsKeyAndByItsTask() throws Exception {
    AdapterCall call = call();
    video(provider.call(call));
    String task = call.submitted.getFirst();

    assertThat(provider.findsByIdempotencyKey()).isTrue();
    video(provider.ask(call, null).orElseThrow());
    video(provider.ask(call, task).orElseThrow());

    assertThat(call.submitted).containsOnly(task);
    onlyLine();
  }

  @ParameterizedTest
  @CsvSource({"502,Retry", "429,Wait", "401,Auth", "413,Input", "307,Retry"})
  void gatewaysStatusCountsWithoutAWordOfTheProviders(int status, String outcome) throws Exception {
    try (Gateway gateway = new Gateway(status);
        AnnotationConfigApplicationContext other =
            Adapters.start(KlingConfiguration.class, at(gateway))) {
      ProviderOutcome met = Adapters.provider(other).call(call());

      assertThat(met.getClass().getSimpleName()).isEqualTo(outcome);
      assertThat(met.charge()).isEqualTo(Charge.none());
      assertThat(gateway.posts()).isOne();
    }
  }

  @Test
  void callThatWasNeverTakenIsSaidToBeNone() throws Exception {
    assertThat(provider.ask(call(), null)).isEmpty();
    assertThat(simulator.invoice().lines()).isEmpty();
  }

  @Test
  void sameCallMadeTwiceIsOneTask() throws Exception {
    AdapterCall call = call();
    video(provider.call(call));
    video(provider.call(call));
    onlyLine();
  }

  @Test
  void cancelledBatchGetsTheVideoItPaysFor() throws Exception {
    AdapterCall call = call();
    call.whenSubmitted = call::cancel;
    video(provider.call(call));
  }

  @Test
  void whatKlingCannotDoIsNeverSent() throws Exception {
    StepParameters seven = StepParameters.video("720p", BigDecimal.valueOf(7), null);
    StepParameters small = StepParameters.video("480p", BigDecimal.valueOf(5), null);
    List<AdapterCall> wrong =
        List.of(
            AdapterCall.video(seven, AdapterCall.jpeg(640, 360)),
            AdapterCall.video(small, AdapterCall.jpeg(640, 360)),
            AdapterCall.video(FIVE_SECONDS, AdapterCall.jpeg(299, 360)),
            AdapterCall.video(FIVE_SECONDS, AdapterCall.jpeg(1000, 350)),
            AdapterCall.video(FIVE_SECONDS));
    for (AdapterCall call : wrong) {
      assertThat(provider.call(call)).isInstanceOf(ProviderOutcome.Input.class);
    }
    assertThat(simulator.stats().keys()).isEmpty();
  }

  @Test
  void unreachableKlingIsTriedAgain() throws Exception {
    simulator.close();
    assertThat(provider.call(call()))
        .isInstanceOf(ProviderOutcome.Retry.class)
        .extracting(ProviderOutcome::charge)
        .isEqualTo(Charge.none());
  }

  @Test
  void accountWithoutAKeyStopsTheStart() {
    Map<String, Object> half = account();
    half.remove("kombine.providers.kling.main.secret-key");
    assertThatThrownBy(() -> Adapters.start(KlingConfiguration.class, half).close())
        .rootCause()
        .hasMessageContaining("must have either api-key, or access-key and a secret-key")
        .hasMessageNotContaining(SimulatorSettings.KLING_ACCESS_KEY);
  }

  private InvoiceLine onlyLine() {
    assertThat(simulator.invoice().lines()).hasSize(1);
    return simulator.invoice().lines().getFirst();
  }

  private ProducedOutput video(ProviderOutcome outcome) {
    assertThat(outcome).isInstanceOf(ProviderOutcome.Succeeded.class);
    remember(outcome);
    return ((ProviderOutcome.Succeeded) outcome).outputs().getFirst();
  }

  private void remember(ProviderOutcome outcome) {
    if (outcome instanceof ProviderOutcome.Succeeded succeeded) {
      succeeded.outputs().stream()
          .map(ProducedOutput::content)
          .forEach(content -> videos.add(((ProducedOutput.Content.TemporaryFile) content).path()));
    }
  }
}
