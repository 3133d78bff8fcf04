package io.kombine.batch.variant.catalog.web;

import io.kombine.batch.variant.catalog.NamedPrompt;
import io.kombine.batch.variant.catalog.NamedPrompts;
import io.kombine.batch.variant.catalog.NamedPrompts.Sort;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Image types over HTTP. */
@RestController
@RequestMapping(ImageTypesController.PATH)
class ImageTypesController
    extends NamedPromptsController<ImageTypesController.View, ImageTypesController.Views> {

  static final String PATH = "/api/image-types";

  ImageTypesController(NamedPrompts prompts) {
    super(prompts, Sort.IMAGE_TYPE, PATH, "image type");
  }

  record View(UUID imageTypeId, String name, String prompt, Instant createdAt) {}

  record Views(List<View> imageTypes) {}

  @Override
  View view(NamedPrompt prompt) {
    return new View(prompt.id(), prompt.name(), prompt.prompt(), prompt.createdAt());
  }

  @Override
  Views views(List<View> all) {
    return new Views(all);
  }
}
