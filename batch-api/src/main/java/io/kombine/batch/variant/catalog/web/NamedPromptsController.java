package io.kombine.batch.variant.catalog.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.variant.catalog.NamedPrompt;
import io.kombine.batch.variant.catalog.NamedPrompts;
import io.kombine.batch.variant.catalog.NamedPrompts.Sort;
import java.net.URI;
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

/**
 * One list of named prompts over HTTP: translates and delegates.
 *
 * @param <V> a named prompt as clients of this list read it
 * @param <L> the list as its clients read it
 */
abstract class NamedPromptsController<V, L> {

  private final NamedPrompts prompts;
  private final Sort sort;
  private final String path;
  private final String word;

  /**
   * @param word what one of the list is called
   */
  NamedPromptsController(NamedPrompts prompts, Sort sort, String path, String word) {
    this.prompts = prompts;
    this.sort = sort;
    this.path = path;
    this.word = word;
  }

  record Wanted(@Nullable String name, @Nullable String prompt) {}

  abstract V view(NamedPrompt prompt);

  abstract L views(List<V> all);

  @GetMapping
  L list(Owner owner) {
    return views(prompts.list(sort, owner.name()).stream().map(this::view).toList());
  }

  @PostMapping
  ResponseEntity<V> add(Owner owner, @RequestBody Wanted body) {
    NamedPrompt added = prompts.add(sort, owner.name(), body.name(), body.prompt());
    return ResponseEntity.created(URI.create(path + "/" + added.id())).body(view(added));
  }

  @GetMapping("/{id}")
  V one(Owner owner, @PathVariable UUID id) {
    return prompts.find(sort, owner.name(), id).map(this::view).orElseThrow(() -> missing(id));
  }

  @PatchMapping("/{id}")
  V change(Owner owner, @PathVariable UUID id, @RequestBody Wanted body) {
    return prompts
        .change(sort, owner.name(), id, body.name(), body.prompt())
        .map(this::view)
        .orElseThrow(() -> missing(id));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> remove(Owner owner, @PathVariable UUID id) {
    if (!prompts.remove(sort, owner.name(), id)) {
      throw missing(id);
    }
    return ResponseEntity.noContent().build();
  }

  private ProblemException missing(UUID id) {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no %s %s of yours.".formatted(word, id));
  }
}
