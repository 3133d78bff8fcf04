package io.kombine.system.adapter;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.Ids;
import io.kombine.contracts.Money;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.ProviderCall;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A step's call, outside of any worker. */
final class AdapterCall implements ProviderCall {

  /** What the adapter has reported, in order. */
  final List<String> submitted = new CopyOnWriteArrayList<>();

  /** Runs at each report. */
  Runnable whenSubmitted = () -> {};

  private final RunStep step;
  private final List<CallInput> inputs;
  private final CountDownLatch cancel = new CountDownLatch(1);

  private AdapterCall(RunStep step, List<CallInput> inputs) {
    this.step = step;
    this.inputs = inputs;
  }

  static AdapterCall image(
      String model,
      StepParameters parameters,
      StepPrice.@Nullable TokenPrices tokens,
      int outputs,
      CallInput... inputs) {
    return of(StepKind.I2I, "openai", "main", model, parameters, tokens, outputs, inputs);
  }

  static AdapterCall video(StepParameters parameters, CallInput... inputs) {
    return of(StepKind.I2V, "kling", "main", "kling-v2-6", parameters, null, 1, inputs);
  }

  static AdapterCall of(
      StepKind kind,
      String provider,
      String account,
      String model,
      StepParameters parameters,
      StepPrice.@Nullable TokenPrices tokens,
      int outputs,
      CallInput... inputs) {
    Money amount = Money.of("0.21", "USD");
    RunStep step =
        new RunStep(
            RunStep.VERSION,
            Ids.next(),
            Ids.next(),
            "local",
            kind,
            0,
            0,
            1,
            0,
            1,
            3,
            account,
            provider,
            model,
            "a straw hat on the head",
            0,
            0,
            parameters,
            List.of(inputs).stream().map(i -> StepInput.of(i.role(), i.artifact())).toList(),
            outputs,
            new StepPrice("test", amount, amount, tokens),
            null,
            null,
            List.of(),
            Instant.EPOCH,
            List.of());
    return new AdapterCall(step, List.of(inputs));
  }

  static CallInput jpeg(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.ORANGE);
    pen.fillOval(0, 0, width, height);
    pen.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] bytes = out.toByteArray();
    return new CallInput(
        StepInput.Role.IMAGE,
        new ArtifactRef("0".repeat(64), "image/jpeg", bytes.length, width, height, null, null),
        () -> new ByteArrayInputStream(bytes));
  }

  void cancel() {
    cancel.countDown();
  }

  @Override
  public RunStep step() {
    return step;
  }

  @Override
  public List<CallInput> inputs() {
    return inputs;
  }

  @Override
  public String idempotencyKey() {
    return step.stepId() + "-" + step.attempt();
  }

  @Override
  public void submitted(String providerTaskId) {
    submitted.add(providerTaskId);
    whenSubmitted.run();
  }

  @Override
  public boolean cancelled() {
    return cancel.getCount() == 0;
  }

  @Override
  public boolean pause(Duration duration) throws InterruptedException {
    return cancel.await(duration.toMillis(), TimeUnit.MILLISECONDS);
  }
}
