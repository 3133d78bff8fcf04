package io.kombine.i2i.provider.openai;

import com.openai.core.http.HttpResponseFor;
import com.openai.errors.OpenAIException;
import com.openai.models.images.Image;
import com.openai.models.images.ImagesResponse;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepKind;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.StepProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The provider {@code openai} of images: one synchronous call a step, an edit of the step's images
 * or a new image where it has none. OpenAI knows no idempotency key and cannot be asked afterwards,
 * so that a call whose answer never comes stays ambiguous.
 */
final class OpenAiImageProvider implements StepProvider {

  /** For what is done before and after the call itself. */
  private static final Duration ASIDE = Duration.ofSeconds(10);

  private static final Duration WITHOUT_ACCOUNT = Duration.ofMinutes(1);

  private final OpenAiClients clients;
  private final OpenAiErrors errors;

  OpenAiImageProvider(OpenAiClients clients, OpenAiErrors errors) {
    this.clients = clients;
    this.errors = errors;
  }

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public Duration hardTimeout(RunStep step) {
    OpenAiClients.Entry entry = clients.find(step.account());
    return entry == null ? WITHOUT_ACCOUNT : entry.timeout().plus(ASIDE);
  }

  @Override
  public ProviderOutcome call(ProviderCall call) throws InterruptedException {
    RunStep step = call.step();
    if (step.kind() != StepKind.I2I) {
      return new ProviderOutcome.Input("The OpenAI provider makes images only.");
    }
    OpenAiClients.Entry entry = clients.find(step.account());
    if (entry == null) {
      return new ProviderOutcome.Auth(
          "This worker has no OpenAI account named '" + step.account() + "'.");
    }
    OpenAiImageOrder order;
    try {
      order = OpenAiImageOrder.of(call);
    } catch (IllegalArgumentException refused) {
      return new ProviderOutcome.Input("OpenAI cannot: " + refused.getMessage() + ".");
    } catch (IOException unreadable) {
      return new ProviderOutcome.Retry("An input could not be read: " + unreadable.getMessage());
    }
    try (HttpResponseFor<ImagesResponse> response =
        order.send(entry.client().images().withRawResponse())) {
      return read(response, order, step);
    } catch (OpenAIException error) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return errors.outcome(error);
    }
  }

  /**
   * Reads an answer that promises success. From here on the call is billed whatever happens, so
   * what cannot be read is no longer ambiguous: paid, and lost.
   */
  private static ProviderOutcome read(
      HttpResponseFor<ImagesResponse> response, OpenAiImageOrder order, RunStep step)
      throws InterruptedException {
    try {
      ImagesResponse answer = response.parse();
      Charge charge = charge(answer, step);
      List<ProducedOutput> outputs = new ArrayList<>();
      for (Image image : answer.data().orElse(List.of())) {
        byte[] bytes = Base64.getDecoder().decode(image.b64Json().orElse(""));
        if (bytes.length > 0) {
          outputs.add(ProducedOutput.image(bytes, order.mediaType()));
        }
      }
      return outputs.isEmpty()
          ? new ProviderOutcome.Retry("OpenAI's answer has no image.", charge)
          : new ProviderOutcome.Succeeded(outputs, charge);
    } catch (OpenAIException | IllegalArgumentException unreadable) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return new ProviderOutcome.Retry(
          "OpenAI has made the image, but its answer cannot be read.", Charge.asPriced());
    }
  }

  private static Charge charge(ImagesResponse answer, RunStep step) {
    if (step.price().tokens() == null) {
      return Charge.asPriced();
    }
    return answer
        .usage()
        .<Charge>map(usage ->
            new Charge.Tokens(
                usage.inputTokensDetails().textTokens(),
                usage.inputTokensDetails().imageTokens(),
                usage.outputTokens()))
        .orElse(Charge.asPriced());
  }
}
