package io.kombine.system.simulator.kling;

import io.kombine.system.simulator.call.ApiCall;
import io.kombine.system.simulator.call.KeyId;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.Api;
import io.kombine.system.simulator.desk.Desk;
import io.kombine.system.simulator.desk.Keys;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FiredFaults;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.BadRequestException;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.http.Request;
import io.kombine.system.simulator.limit.Slot;
import io.kombine.system.simulator.media.MediaStore;
import io.kombine.system.simulator.media.Pictures;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;

/**
 * Image to video: {@code /v1/videos/image2video} and {@code /image-to-video/MODEL} with {@code
 * /tasks}. A call names its step by header or by its external task id. A task holds a slot from its
 * creation to its end, is billed when created and paid back when it fails.
 */
public final class KlingApi implements Api {

  private static final String LEGACY = "/v1/videos/image2video";
  private static final String MODERN = "/image-to-video/";
  private static final String TASKS = "/tasks";
  private static final int MAX_PAGE = 500;
  private static final int QUEUED_SHARE = 5;

  private final Desk desk;
  private final Keys keys;
  private final MediaStore media;
  private final Duration resultLifetime;
  private final KlingDialect dialect = new KlingDialect();
  private final KlingTasks tasks = new KlingTasks();
  private final AtomicLong lastId = new AtomicLong(870_000_000_000_000_000L);

  /**
   * On a desk.
   *
   * @param resultLifetime of a result's URL, from the task's end
   */
  public KlingApi(Desk desk, Keys keys, MediaStore media, Duration resultLifetime) {
    this.desk = desk;
    this.keys = keys;
    this.media = media;
    this.resultLifetime = resultLifetime;
  }

  @Override
  public Optional<Answer> answer(Request request) {
    String path = request.path();
    boolean legacy = path.equals(LEGACY) || path.startsWith(LEGACY + "/");
    if (!legacy && !path.startsWith(MODERN) && !path.equals(TASKS)) {
      return Optional.empty();
    }
    String token = request.credential("Bearer");
    String key = token;
    if (legacy && token.chars().filter(c -> c == '.').count() == 2) {
      switch (KlingToken.check(token, keys.klingSecrets(), desk.clock().instant())) {
        case KlingToken.Verdict.Valid(String accessKey) -> key = accessKey;
        case KlingToken.Verdict.Invalid(int code, String message) -> {
          return Optional.of(KlingDialect.error(401, code, message));
        }
      }
    } else if (!keys.accepts(Vendor.KLING, token)) {
      return Optional.of(dialect.unauthorized());
    }
    try {
      return Optional.of(route(request, KeyId.of(key), legacy));
    } catch (BadRequestException e) {
      return Optional.of(dialect.invalid(e.getMessage()));
    }
  }

  private Answer route(Request request, String keyId, boolean legacy) {
    String path = request.path();
    boolean post = request.method().equals("POST");
    if (legacy) {
      if (post && path.equals(LEGACY)) {
        KlingOrder order = KlingOrder.legacy(request.json());
        return create(request, keyId, order, order::checkLegacy, true);
      }
      return path.equals(LEGACY)
          ? list(request, keyId)
          : query(request, keyId, path.substring(LEGACY.length() + 1));
    }
    if (path.startsWith(MODERN) && post) {
      KlingOrder order = KlingOrder.modern(path.substring(MODERN.length()), request.json());
      return create(request, keyId, order, order::checkModern, false);
    }
    return path.equals(TASKS) && !post
        ? queryMany(request, keyId)
        : dialect.notFound("No such resource");
  }

  private Answer create(
      Request request,
      String keyId,
      KlingOrder order,
      Supplier<Pictures.Size> check,
      boolean legacy) {
    String step = ApiCall.firstStep(Arrays.asList(request.header(STEP_HEADER), order.externalId()));
    ApiCall call =
        new ApiCall(
            Vendor.KLING,
            "create",
            keyId,
            order.model(),
            order.prompt(),
            step,
            order.fingerprint());
    return desk.paid(
        call,
        dialect,
        (faults, slot) -> {
          Pictures.Size image = check.get();
          KlingTask task = accept(call, order, image, faults, slot);
          Instant now = task.created();
          return KlingDialect.ok(
              legacy ? KlingView.legacy(task, "", now) : KlingView.modern(task, "", now));
        });
  }

  private synchronized KlingTask accept(
      ApiCall call, KlingOrder order, Pictures.Size image, FiredFaults faults, Slot slot) {
    if (tasks.hasExternal(call.keyId(), order.externalId())) {
      throw new BadRequestException("external_task_id is used already");
    }
    String id = Long.toString(lastId.incrementAndGet());
    BigDecimal amount =
        desk.prices()
            .of("kling", "second", order.model(), order.mode())
            .multiply(BigDecimal.valueOf(order.seconds()));
    long line = desk.invoice().charge(call, id, amount);
    String failure =
        faults
            .first(FaultKind.TASK_FAILURE)
            .map(rule -> rule.reason() == null ? "Generation failed" : rule.reason())
            .orElse(null);
    if (failure != null) {
      desk.invoice().refund(line);
    }
    Instant now = desk.clock().instant();
    Duration work = desk.workTime(call);
    Instant ends = now.plus(work);
    Instant expires = faults.has(FaultKind.EXPIRED_URL) ? Instant.EPOCH : ends.plus(resultLifetime);
    KlingTask task =
        new KlingTask(
            id,
            order.externalId(),
            call.keyId(),
            order.seconds(),
            now,
            now.plus(work.dividedBy(QUEUED_SHARE)),
            ends,
            media.keepVideo(Vendor.KLING, image, order.seconds(), "kling " + id, expires),
            failure);
    tasks.add(task);
    slot.keepUntil(ends);
    return task;
  }

  private Answer query(Request request, String keyId, String id) {
    return free(
        request,
        "query",
        keyId,
        () ->
            tasks
                .find(keyId, id)
                .map(task -> KlingDialect.ok(KlingView.legacy(task, url(request, task), now())))
                .orElseGet(() -> dialect.notFound("Task not found")));
  }

  private Answer list(Request request, String keyId) {
    int page = number(request, "pageNum", 1);
    int size = Math.min(number(request, "pageSize", 30), MAX_PAGE);
    return free(
        request,
        "list",
        keyId,
        () -> {
          ArrayNode data = Json.array();
          for (KlingTask task : tasks.page(keyId, (page - 1) * size, size)) {
            data.add(KlingView.legacy(task, url(request, task), now()));
          }
          return KlingDialect.ok(data);
        });
  }

  private Answer queryMany(Request request, String keyId) {
    String ids = request.query().getOrDefault("task_ids", "");
    String externalIds = request.query().getOrDefault("external_task_ids", "");
    if (ids.isEmpty() == externalIds.isEmpty()) {
      throw new BadRequestException("task_ids or external_task_ids, and never both");
    }
    List<String> wanted = Arrays.asList((ids + externalIds).split(",", MAX_PAGE + 1));
    return free(
        request,
        "query",
        keyId,
        () -> {
          ArrayNode data = Json.array();
          for (String id : wanted) {
            (ids.isEmpty() ? tasks.byExternalId(keyId, id) : tasks.byId(keyId, id))
                .ifPresent(task -> data.add(KlingView.modern(task, url(request, task), now())));
          }
          return KlingDialect.ok(data);
        });
  }

  private Answer free(Request request, String operation, String keyId, Supplier<Answer> answer) {
    ApiCall call = ApiCall.plain(Vendor.KLING, operation, keyId, request.header(STEP_HEADER));
    return desk.free(call, dialect, (_, _) -> answer.get());
  }

  private Instant now() {
    return desk.clock().instant();
  }

  private static String url(Request request, KlingTask task) {
    return request.origin() + task.videoPath();
  }

  private static int number(Request request, String name, int otherwise) {
    try {
      return Math.max(
          1, Integer.parseInt(request.query().getOrDefault(name, Integer.toString(otherwise))));
    } catch (NumberFormatException e) {
      throw new BadRequestException(name + " is no number");
    }
  }

  @Override
  public void reset() {
    tasks.clear();
  }
}
