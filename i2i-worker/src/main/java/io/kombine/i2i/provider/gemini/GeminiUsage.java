package io.kombine.i2i.provider.gemini;

import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.MediaModality;
import com.google.genai.types.ModalityTokenCount;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepPrice;
import io.kombine.worker.provider.Charge;
import java.util.List;
import java.util.Optional;

/**
 * The tokens of an answer and what they are billed: words by token, in and out; an image at its
 * list price, whose tokens are not in {@code thoughts}, beside the tokens of what went in.
 *
 * @param told whether the answer says at all
 * @param text that went in
 * @param images that went in
 * @param answer that came out, without thoughts
 * @param thoughts that were thought on the way, billed as words that came out
 */
record GeminiUsage(boolean told, long text, long images, long answer, long thoughts) {

  static GeminiUsage of(Optional<GenerateContentResponseUsageMetadata> told) {
    if (told.isEmpty()) {
      return new GeminiUsage(false, 0, 0, 0, 0);
    }
    GenerateContentResponseUsageMetadata usage = told.get();
    long prompt = usage.promptTokenCount().orElse(0);
    long images =
        usage.promptTokensDetails().stream()
            .flatMap(List::stream)
            .filter(detail -> detail.modality().map(GeminiUsage::isImage).orElse(false))
            .mapToLong((ModalityTokenCount detail) -> detail.tokenCount().orElse(0))
            .sum();
    return new GeminiUsage(
        true,
        Math.max(0, prompt - images),
        images,
        usage.candidatesTokenCount().orElse(0),
        usage.thoughtsTokenCount().orElse(0));
  }

  private static boolean isImage(MediaModality modality) {
    return modality.toString().equals("IMAGE");
  }

  /** Of words, also where an image was asked for. */
  Charge ofWords(StepPrice price) {
    if (!told || price.tokens() == null) {
      return Charge.asPriced();
    }
    return text + images + answer + thoughts == 0
        ? Charge.none()
        : new Charge.Tokens(text, images, answer + thoughts);
  }

  /** Of a refused answer: nothing, unless tokens were counted for it. */
  Charge ofRefusal(StepPrice price) {
    return told && price.tokens() != null ? ofWords(price) : Charge.none();
  }

  /** Of an image. */
  Charge ofImage(StepPrice price) {
    Money beside =
        price.tokens() == null ? null : new Charge.Tokens(text, images, thoughts).costAt(price);
    return beside == null ? Charge.asPriced() : new Charge.Billed(price.amount().plus(beside));
  }
}
