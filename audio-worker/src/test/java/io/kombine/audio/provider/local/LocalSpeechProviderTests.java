package io.kombine.audio.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.Ids;
import io.kombine.contracts.Money;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.local.LocalCalls;
import io.kombine.worker.provider.local.LocalProviderProperties;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sound.sampled.AudioSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSpeechProviderTests {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path directory;

  private final LocalSpeechProvider provider = provider("espeak-ng");

  private static LocalSpeechProvider provider(String program) {
    LocalProviderProperties plain =
        new LocalProviderProperties(Duration.ZERO, 0, 0, List.of(), 2, Duration.ofMinutes(1));
    return new LocalSpeechProvider(new LocalCalls(plain, Clock.systemUTC()), new Espeak(program));
  }

  private static ProviderCall call(String model, String text, @Nullable String voice) {
    StepParameters parameters =
        new StepParameters(null, null, null, null, null, null, null, null, voice, null, null);
    RunStep step =
        new RunStep(
            RunStep.VERSION,
            Ids.next(),
            Ids.next(),
            "owner",
            StepKind.AUDIO,
            0,
            0,
            1,
            0,
            1,
            3,
            "local",
            "local",
            model,
            text,
            0,
            0,
            parameters,
            List.of(),
            1,
            StepPrice.fixed("1", new Money(BigDecimal.ONE, "USD")),
            null,
            null,
            List.of(),
            Instant.now(),
            List.of());
    return new ProviderCall() {
      @Override
      public RunStep step() {
        return step;
      }

      @Override
      public List<CallInput> inputs() {
        return List.of();
      }

      @Override
      public String idempotencyKey() {
        return step.stepId() + "-1";
      }

      @Override
      public void submitted(String providerTaskId) {}

      @Override
      public boolean cancelled() {
        return false;
      }

      @Override
      public boolean pause(Duration duration) {
        return false;
      }
    };
  }

  private ProducedOutput spoken(String text, String voice) throws InterruptedException {
    ProviderOutcome outcome = provider.call(call("local-voice", text, voice));
    assertThat(outcome).isInstanceOf(ProviderOutcome.Succeeded.class);
    return ((ProviderOutcome.Succeeded) outcome).outputs().getFirst();
  }

  private static byte[] bytes(ProducedOutput output) {
    return ((ProducedOutput.Content.Bytes) output.content()).value();
  }

  @Test
  void aSentenceBecomesAWavFileWhoseMeasuredSecondsAreThoseItPlays() throws Exception {
    ProducedOutput output = spoken("The lighthouse keeper climbs the stairs.", "en-us");

    assertThat(output.mediaType()).isEqualTo("audio/wav");
    try (var audio = AudioSystem.getAudioInputStream(new ByteArrayInputStream(bytes(output)))) {
      double seconds = audio.getFrameLength() / (double) audio.getFormat().getFrameRate();
      assertThat(output.seconds().doubleValue())
          .isCloseTo(seconds, org.assertj.core.api.Assertions.within(0.001))
          .isBetween(1.0, 6.0);
    }
  }

  @Test
  void aLongerTextLastsLonger() throws Exception {
    assertThat(spoken("One. Two. Three. Four. Five. Six.", "en-us").seconds())
        .isGreaterThan(spoken("One.", "en-us").seconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-us+f3", "en-gb", "de", "fr", "es", "it", "nl", "pl", "pt-br"})
  void otherVoicesSoundDifferent(String voice) throws Exception {
    assertThat(bytes(spoken("Salt and pepper.", voice)))
        .isNotEqualTo(bytes(spoken("Salt and pepper.", "en-us")));
  }

  @Test
  void theSameSentenceSoundsTheSameEachTime() throws Exception {
    assertThat(bytes(spoken("Again.", "de"))).isEqualTo(bytes(spoken("Again.", "de")));
  }

  @Test
  void aTextThatLooksLikeAnOptionIsSpoken() throws Exception {
    assertThat(spoken("--help -w /tmp/x `id` $(id)", "en-us").seconds()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xx", "../../etc/passwd", "-w", "en us", ""})
  void aVoiceThatThereIsNotIsAnInputProblem(String voice) throws Exception {
    assertThat(provider.call(call("local-voice", "Hello.", voice)))
        .isInstanceOf(ProviderOutcome.Input.class);
  }

  @Test
  void anotherModelIsAnInputProblem() throws Exception {
    assertThat(provider.call(call("local-image", "Hello.", null)))
        .isInstanceOf(ProviderOutcome.Input.class);
  }

  @Test
  void whereTheProgramIsMissingTheStepEndsWithThePackagesName() throws Exception {
    ProviderOutcome outcome =
        provider("no-such-program-here").call(call("local-voice", "Hello.", null));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ProviderOutcome.Input.class,
            input -> assertThat(input.message()).contains("package espeak-ng"));
  }

  @Test
  void anInterruptedCallGivesUpWithinASecondAndLeavesNoProcess() throws Exception {
    Path slow = Files.writeString(directory.resolve("slow"), "#!/bin/sh\nexec sleep 60\n");
    assertThat(slow.toFile().setExecutable(true)).isTrue();
    AtomicReference<Object> end = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                end.set(provider(slow.toString()).call(call("local-voice", "Hello.", null)));
              } catch (InterruptedException interrupted) {
                end.set(interrupted);
              }
            });
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ProcessHandle.current().children().anyMatch(ProcessHandle::isAlive));
    long before = System.nanoTime();

    caller.interrupt();

    assertThat(caller.join(Duration.ofSeconds(30))).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SECOND);
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ProcessHandle.current().children().noneMatch(ProcessHandle::isAlive));
  }
}
