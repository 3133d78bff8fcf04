package io.kombine.batch.variant.catalog.web;

import io.kombine.batch.variant.catalog.NamedPrompt;
import io.kombine.batch.variant.catalog.NamedPrompts;
import io.kombine.batch.variant.catalog.NamedPrompts.Sort;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Prompt templates over HTTP. */
@RestController
@RequestMapping(PromptTemplatesController.PATH)
class PromptTemplatesController
    extends NamedPromptsController<
        PromptTemplatesController.View, PromptTemplatesController.Views> {

  static final String PATH = "/api/prompt-templates";

  PromptTemplatesController(NamedPrompts prompts) {
    super(prompts, Sort.TEMPLATE, PATH, "template");
  }

  record View(UUID templateId, String name, String prompt, Instant createdAt) {}

  record Views(List<View> templates) {}

  @Override
  View view(NamedPrompt prompt) {
    return new View(prompt.id(), prompt.name(), prompt.prompt(), prompt.createdAt());
  }

  @Override
  Views views(List<View> all) {
    return new Views(all);
  }
}
