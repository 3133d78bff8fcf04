package io.kombine.batch.variant.catalog.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.variant.catalog.NamedPrompt;
import io.kombine.batch.variant.catalog.NamedPrompts;
import io.kombine.batch.variant.catalog.NamedPrompts.Sort;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Image types over HTTP: translates and delegates. */
@RestController
@RequestMapping("/api/image-types")
class ImageTypesController {

  private static final Sort SORT = Sort.IMAGE_TYPE;

  private final NamedPrompts prompts;

  ImageTypesController(NamedPrompts prompts) {
    this.prompts = prompts;
  }

  record Wanted(@Nullable String name, @Nullable String prompt) {}

  record View(UUID imageTypeId, String name, String prompt, Instant createdAt) {

    static View of(NamedPrompt prompt) {
      return new View(prompt.id(), prompt.name(), prompt.prompt(), prompt.createdAt());
    }
  }

  record Views(List<View> imageTypes) {}

  @GetMapping
  Views list(Owner owner) {
    return new Views(prompts.list(SORT, owner.name()).stream().map(View::of).toList());
  }

  @PostMapping
  ResponseEntity<View> add(Owner owner, @RequestBody Wanted body) {
    View added = View.of(prompts.add(SORT, owner.name(), body.name(), body.prompt()));
    return ResponseEntity.created(URI.create("/api/image-types/" + added.imageTypeId()))
        .body(added);
  }

  @GetMapping("/{id}")
  View one(Owner owner, @PathVariable UUID id) {
    return prompts.find(SORT, owner.name(), id).map(View::of).orElseThrow(() -> missing(id));
  }

  @PatchMapping("/{id}")
  View change(Owner owner, @PathVariable UUID id, @RequestBody Wanted body) {
    return prompts
        .change(SORT, owner.name(), id, body.name(), body.prompt())
        .map(View::of)
        .orElseThrow(() -> missing(id));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> remove(Owner owner, @PathVariable UUID id) {
    if (!prompts.remove(SORT, owner.name(), id)) {
      throw missing(id);
    }
    return ResponseEntity.noContent().build();
  }

  private static ProblemException missing(UUID id) {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no image type " + id + " of yours.");
  }
}
