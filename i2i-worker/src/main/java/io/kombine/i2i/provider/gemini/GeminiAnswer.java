package io.kombine.i2i.provider.gemini;

import com.google.genai.types.Blob;
import com.google.genai.types.Candidate;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.Part;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An answer with success, which need not be one: refusals come with it as well. */
record GeminiAnswer(GenerateContentResponse response) {

  private static final Set<String> REFUSALS =
      Set.of(
          "SAFETY",
          "PROHIBITED_CONTENT",
          "BLOCKLIST",
          "SPII",
          "RECITATION",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION");

  /** Why the prompt or what was made of it is refused for its content. */
  Optional<String> refusal() {
    Optional<String> blocked =
        response.promptFeedback().flatMap(feedback -> feedback.blockReason()).map(Object::toString);
    return blocked.or(() -> finish().filter(REFUSALS::contains));
  }

  /** Whether the answer was cut for its length. */
  boolean isTooLong() {
    return finish().filter("MAX_TOKENS"::equals).isPresent();
  }

  private Optional<String> finish() {
    return candidate().flatMap(Candidate::finishReason).map(Object::toString);
  }

  /** How it ended, for people. */
  String end() {
    return finish().orElse("no reason given");
  }

  /** The first image. */
  Optional<byte[]> image() {
    return parts().stream()
        .flatMap(part -> part.inlineData().stream())
        .filter(blob -> blob.mimeType().orElse("image/").startsWith("image/"))
        .flatMap((Blob blob) -> blob.data().stream())
        .filter(bytes -> bytes.length > 0)
        .findFirst();
  }

  /** All words. */
  String text() {
    return parts().stream().flatMap(part -> part.text().stream()).collect(Collectors.joining());
  }

  private List<Part> parts() {
    return candidate()
        .flatMap(Candidate::content)
        .flatMap(Content::parts)
        .orElse(List.of())
        .stream()
        .filter(part -> !part.thought().orElse(false))
        .toList();
  }

  private Optional<Candidate> candidate() {
    return response.candidates().stream().flatMap(List::stream).findFirst();
  }

  GeminiUsage usage() {
    return GeminiUsage.of(response.usageMetadata());
  }
}
