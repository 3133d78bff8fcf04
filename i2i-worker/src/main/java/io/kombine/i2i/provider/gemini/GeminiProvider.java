package io.kombine.i2i.provider.gemini;

import com.google.genai.types.GenerateContentResponse;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepKind;
import io.kombine.i2i.image.ImageEncoding;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.StepProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The provider {@code gemini}: one synchronous call a step, for an image or for an analysis as
 * JSON. Gemini knows no idempotency key and cannot be asked afterwards, so that a call whose answer
 * never comes stays ambiguous.
 */
final class GeminiProvider implements StepProvider {

  /** For what is done before and after the call itself. */
  private static final Duration ASIDE = Duration.ofSeconds(40);

  private static final Duration WITHOUT_ACCOUNT = Duration.ofMinutes(1);

  private final GeminiClients clients;
  private final GeminiErrors errors;
  private final AskedFormat format;

  GeminiProvider(GeminiClients clients, GeminiErrors errors, AskedFormat format) {
    this.clients = clients;
    this.errors = errors;
    this.format = format;
  }

  @Override
  public String name() {
    return "gemini";
  }

  @Override
  public Duration hardTimeout(RunStep step) {
    GeminiClients.Entry entry = clients.find(step.account());
    return entry == null ? WITHOUT_ACCOUNT : entry.timeout().plus(ASIDE);
  }

  @Override
  public ProviderOutcome call(ProviderCall call) throws InterruptedException {
    RunStep step = call.step();
    if (step.kind() != StepKind.I2I && step.kind() != StepKind.ANALYSIS) {
      return new ProviderOutcome.Input("The Gemini provider makes images and analyses only.");
    }
    GeminiClients.Entry entry = clients.find(step.account());
    if (entry == null) {
      return new ProviderOutcome.Auth(
          "This worker has no Gemini account named '" + step.account() + "'.");
    }
    GeminiOrder order;
    ImageEncoding encoding;
    try {
      order = GeminiOrder.of(call);
      encoding = AskedFormat.of(step.parameters());
    } catch (IllegalArgumentException refused) {
      return new ProviderOutcome.Input("Gemini cannot: " + refused.getMessage() + ".");
    } catch (IOException unreadable) {
      return new ProviderOutcome.Retry("An input could not be read: " + unreadable.getMessage());
    }
    GenerateContentResponse response;
    try {
      response =
          entry.client().models.generateContent(order.model(), order.content(), order.config());
    } catch (RuntimeException error) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return errors.outcome(error);
    }
    return read(new GeminiAnswer(response), step, encoding);
  }

  private ProviderOutcome read(GeminiAnswer answer, RunStep step, ImageEncoding encoding) {
    Optional<String> refusal = answer.refusal();
    if (refusal.isPresent()) {
      return new ProviderOutcome.Policy(
          "Gemini refuses the content: " + refusal.get() + ".",
          answer.usage().ofRefusal(step.price()));
    }
    return step.kind() == StepKind.I2I ? image(answer, step, encoding) : analysis(answer, step);
  }

  private ProviderOutcome image(GeminiAnswer answer, RunStep step, ImageEncoding encoding) {
    Optional<byte[]> image = answer.image();
    if (image.isEmpty()) {
      return without("an image", answer, step);
    }
    Charge charge = answer.usage().ofImage(step.price());
    try {
      return new ProviderOutcome.Succeeded(List.of(format.output(image.get(), encoding)), charge);
    } catch (IOException broken) {
      return new ProviderOutcome.Retry(
          "What Gemini made is no usable image: " + broken.getMessage(), charge);
    }
  }

  private static ProviderOutcome analysis(GeminiAnswer answer, RunStep step) {
    if (answer.isTooLong()) {
      return without("a whole analysis", answer, step);
    }
    try {
      JsonNode json = ContractJson.mapper().readTree(answer.text());
      if (json != null && json.isObject()) {
        return new ProviderOutcome.Succeeded(
            List.of(
                ProducedOutput.text(
                    ContractJson.mapper().writeValueAsBytes(json), "application/json")),
            answer.usage().ofWords(step.price()));
      }
    } catch (JacksonException noJson) {
      return without("JSON", answer, step);
    }
    return without("a JSON object", answer, step);
  }

  /** Paid for as words, and of no use. */
  private static ProviderOutcome without(String what, GeminiAnswer answer, RunStep step) {
    Charge charge = answer.usage().ofWords(step.price());
    String message = "Gemini's answer ended without " + what + ": " + answer.end() + ".";
    return answer.isTooLong()
        ? new ProviderOutcome.Input(message, charge)
        : new ProviderOutcome.Retry(message, charge);
  }
}
