package io.kombine.batch.storyboard.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.storyboard.ProjectDraft;
import io.kombine.batch.storyboard.ProjectService;
import io.kombine.batch.storyboard.ProjectService.Created;
import io.kombine.batch.storyboard.ProjectViews;
import io.kombine.batch.storyboard.SentenceDraft;
import io.kombine.batch.web.IdempotencyKey;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Projects and sentences (design §5.4): translates and delegates. */
@RestController
@RequestMapping("/api/v1/projects")
class ProjectsController {

  private final ProjectService projects;
  private final ProjectViews views;

  ProjectsController(ProjectService projects, ProjectViews views) {
    this.projects = projects;
    this.views = views;
  }

  /** All sentences of a project in their new order. */
  record Order(@Nullable List<@Nullable UUID> sentenceIds) {}

  @PostMapping
  ResponseEntity<ProjectViews.View> create(
      Owner owner,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody ProjectDraft body) {
    Created created = projects.create(owner.name(), body, IdempotencyKey.checked(key));
    return ResponseEntity.created(URI.create("/api/v1/projects/" + created.id()))
        .body(views.find(owner.name(), created.id()));
  }

  @GetMapping
  ProjectViews.Page list(
      Owner owner,
      @RequestParam(required = false) @Nullable UUID cursor,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > ProjectViews.MAX_LIMIT) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST,
          FieldProblem.of("limit", "must be from 1 to " + ProjectViews.MAX_LIMIT));
    }
    return views.list(owner.name(), cursor, limit);
  }

  @GetMapping("/{id}")
  ProjectViews.View project(Owner owner, @PathVariable UUID id) {
    return views.find(owner.name(), id);
  }

  @PatchMapping("/{id}")
  ProjectViews.View change(Owner owner, @PathVariable UUID id, @RequestBody ProjectDraft body) {
    projects.change(owner.name(), id, body);
    return views.find(owner.name(), id);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Owner owner, @PathVariable UUID id) {
    projects.delete(owner.name(), id);
  }

  @PostMapping("/{id}/sentences")
  ResponseEntity<ProjectViews.SentenceView> add(
      Owner owner,
      @PathVariable UUID id,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody SentenceDraft body) {
    Created created = projects.add(owner.name(), id, body, IdempotencyKey.checked(key));
    return ResponseEntity.created(
            URI.create("/api/v1/projects/" + id + "/sentences/" + created.id()))
        .body(views.sentence(owner.name(), id, created.id()));
  }

  @PutMapping("/{id}/sentences/order")
  ProjectViews.View order(Owner owner, @PathVariable UUID id, @RequestBody Order body) {
    projects.order(owner.name(), id, body.sentenceIds());
    return views.find(owner.name(), id);
  }

  @GetMapping("/{id}/sentences/{sentenceId}")
  ProjectViews.SentenceView sentence(
      Owner owner, @PathVariable UUID id, @PathVariable UUID sentenceId) {
    return views.sentence(owner.name(), id, sentenceId);
  }

  @PutMapping("/{id}/sentences/{sentenceId}")
  ProjectViews.SentenceView replace(
      Owner owner,
      @PathVariable UUID id,
      @PathVariable UUID sentenceId,
      @RequestBody SentenceDraft body) {
    projects.replace(owner.name(), id, sentenceId, body);
    return views.sentence(owner.name(), id, sentenceId);
  }

  @DeleteMapping("/{id}/sentences/{sentenceId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(Owner owner, @PathVariable UUID id, @PathVariable UUID sentenceId) {
    projects.remove(owner.name(), id, sentenceId);
  }
}
