package io.kombine.worker.provider.bench;

import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepKind;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.StepProvider;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.IntStream;

/** Waits without using a processor, then returns the same tiny output each time. */
final class SleepStepProvider implements StepProvider {

  /** A grey PNG of 1 × 1 pixel. */
  private static final byte[] PIXEL =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

  /** Marks the prompts of slow calls. */
  private static final String SLOW = "[slow]";

  private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

  private final String name;
  private final Duration sleep;
  private final Duration slowSleep;
  private final Duration hardTimeout;

  SleepStepProvider(String name, Duration sleep, Duration slowSleep, Duration hardTimeout) {
    this.name = name;
    this.sleep = sleep;
    this.slowSleep = slowSleep;
    this.hardTimeout = hardTimeout;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ProviderOutcome call(ProviderCall call) throws InterruptedException {
    Duration pause = call.step().prompt().contains(SLOW) ? slowSleep : sleep;
    if (!pause.isZero()) {
      Thread.sleep(pause);
    }
    ProducedOutput output = output(call.step().kind());
    return new ProviderOutcome.Succeeded(
        IntStream.range(0, call.step().outputCount()).mapToObj(_ -> output).toList(),
        Charge.asPriced());
  }

  private static ProducedOutput output(StepKind kind) {
    return switch (kind) {
      case ANALYSIS, AUDIO -> ProducedOutput.text(EMPTY_OBJECT, "application/json");
      // why an image for a video: nothing here may cost a processor
      case I2I, I2V ->
          new ProducedOutput(
              new ProducedOutput.Content.Bytes(PIXEL), "image/png", 1, 1, ofKind(kind), PIXEL);
    };
  }

  private static @org.jspecify.annotations.Nullable BigDecimal ofKind(StepKind kind) {
    return kind == StepKind.I2V ? BigDecimal.ONE : null;
  }

  @Override
  public Duration hardTimeout(RunStep step) {
    return hardTimeout;
  }

  @Override
  public boolean resubmitSafe() {
    return true;
  }
}
