package io.kombine.audio.provider.local;

import io.kombine.contracts.RunStep;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.StepProvider;
import io.kombine.worker.provider.local.LocalCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The provider {@code local} of speech (model {@code local-voice}): speaks the prompt with
 * espeak-ng on this machine and sends nothing anywhere.
 */
final class LocalSpeechProvider implements StepProvider {

  private static final String USUAL_VOICE = "en-us";

  /** A language, with a region and a variant where there are such. */
  private static final Pattern VOICE =
      Pattern.compile("[a-z]{2,3}(-[a-z0-9-]{1,20})?(\\+[a-z0-9]{1,10})?");

  /** Before the first word on a busy machine, another call's turn included. */
  private static final Duration LONGEST_START = Duration.ofSeconds(45);

  /** A character on a busy machine: many times what an idle core needs. */
  private static final Duration LONGEST_CHARACTER = Duration.ofMillis(20);

  private final LocalCalls calls;
  private final Espeak espeak;

  LocalSpeechProvider(LocalCalls calls, Espeak espeak) {
    this.calls = calls;
    this.espeak = espeak;
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Duration hardTimeout(RunStep step) {
    return calls.hardTimeout(
        LONGEST_START.plus(LONGEST_CHARACTER.multipliedBy(step.prompt().length())));
  }

  @Override
  public boolean resubmitSafe() {
    return true;
  }

  @Override
  public ProviderOutcome call(ProviderCall call) throws InterruptedException {
    RunStep step = call.step();
    if (!step.model().equals("local-voice")) {
      return new ProviderOutcome.Input(
          "The local provider has no model '" + step.model() + "' for speech.");
    }
    String wished = step.parameters().voice();
    String voice = wished == null ? USUAL_VOICE : wished;
    if (!VOICE.matcher(voice).matches()) {
      return new ProviderOutcome.Input("The local provider has no voice '" + voice + "'.");
    }
    return calls.make(call, () -> speak(step.prompt(), voice));
  }

  private ProviderOutcome speak(String text, String voice) throws IOException {
    try {
      WavFile spoken = espeak.speak(text, voice);
      return ProviderOutcome.Succeeded.of(
          ProducedOutput.speech(spoken.bytes(), "audio/wav", spoken.seconds()));
    } catch (Espeak.MissingException missing) {
      return new ProviderOutcome.Input(missing.reason());
    } catch (Espeak.RefusedException refused) {
      return new ProviderOutcome.Input("The local provider cannot: " + refused.getMessage() + ".");
    }
  }
}
