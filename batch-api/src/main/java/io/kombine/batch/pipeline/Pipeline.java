package io.kombine.batch.pipeline;

import io.kombine.batch.pricing.Model;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that holds what it must: within all limits, for models that exist and can do it.
 * Immutable.
 *
 * @param images absent where the sources go straight to video
 * @param videos absent where images are all that is wanted; never both absent
 */
record Pipeline(
    String name,
    List<String> sourceImages,
    @Nullable Images images,
    @Nullable Videos videos,
    boolean approval,
    boolean reuse,
    @Nullable BigDecimal maxCost,
    @Nullable UUID quoteId) {

  Pipeline {
    sourceImages = List.copyOf(sourceImages);
  }

  record Images(Model model, List<String> prompts, int perPrompt) {
    Images {
      prompts = List.copyOf(prompts);
    }
  }

  record Videos(Model model, List<String> prompts, String resolution, BigDecimal seconds) {
    Videos {
      prompts = List.copyOf(prompts);
    }
  }
}
