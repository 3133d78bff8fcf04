package io.kombine.system.simulator.fal;

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
import io.kombine.system.simulator.media.MediaStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The queue of {@code /fal-ai/...}: submit, status, result, cancel. A call names its step by header
 * or by {@code Idempotency-Key}. Billed when submitted, paid back when it fails or is cancelled
 * while it waits. What exceeds a key's concurrency waits instead of being sent away.
 */
public final class FalApi implements Api {

  private static final Pattern REQUEST =
      Pattern.compile("/(fal-ai/[^/]+)/requests/([^/]+)(/status|/cancel)?");
  private static final Pattern APP = Pattern.compile("/(fal-ai/[A-Za-z0-9._/-]+)");

  private final Desk desk;
  private final Keys keys;
  private final FalQueue queue;
  private final FalResults results;
  private final FalDialect dialect = new FalDialect();

  /**
   * On a desk.
   *
   * @param resultLifetime of a result's URL, from its submission
   */
  public FalApi(Desk desk, Keys keys, MediaStore media, Duration resultLifetime) {
    this.desk = desk;
    this.keys = keys;
    this.queue = new FalQueue(desk.clock(), () -> desk.concurrency(Vendor.FAL));
    this.results = new FalResults(media, desk.clock(), resultLifetime);
  }

  /** Most requests of a key that were ever in progress at once. */
  public int maxRunning() {
    return queue.maxRunning();
  }

  @Override
  public Optional<Answer> answer(Request request) {
    Matcher known = REQUEST.matcher(request.path());
    Matcher app = APP.matcher(request.path());
    boolean isKnown = known.matches();
    if (!isKnown && !app.matches()) {
      return Optional.empty();
    }
    String key = request.credential("Key");
    if (!keys.accepts(Vendor.FAL, key)) {
      return Optional.of(dialect.unauthorized());
    }
    try {
      String keyId = KeyId.of(key);
      return Optional.of(
          isKnown
              ? onRequest(request, keyId, known)
              : request.method().equals("POST")
                  ? submit(request, keyId, app.group(1))
                  : dialect.notFound("Path not found"));
    } catch (BadRequestException e) {
      return Optional.of(dialect.invalid(e.getMessage()));
    }
  }

  private Answer submit(Request request, String keyId, String app) {
    JsonNode body = request.json();
    FalOrder order = FalOrder.of(app, body);
    String step =
        ApiCall.firstStep(
            Arrays.asList(request.header(STEP_HEADER), request.header("Idempotency-Key")));
    ApiCall call =
        new ApiCall(
            Vendor.FAL,
            "submit",
            keyId,
            app,
            order.prompt(),
            step,
            FalOrder.fingerprint(app, body));
    return desk.limited(
        call,
        dialect,
        1,
        false,
        (faults, _) ->
            queue.isFull(keyId) ? dialect.tooManyAtOnce() : accept(request, call, order, faults));
  }

  private Answer accept(Request request, ApiCall call, FalOrder order, FiredFaults faults) {
    String id = UUID.randomUUID().toString();
    BigDecimal amount =
        order.isVideo()
            ? price("second", call.model()).multiply(BigDecimal.valueOf(order.seconds()))
            : price("image", call.model()).multiply(BigDecimal.valueOf(order.images()));
    long line = desk.invoice().charge(call, id, amount);
    Answer result = result(request, order, id, faults);
    boolean failed = result.status() != 200;
    if (failed) {
      desk.invoice().refund(line);
    }
    queue.add(
        new FalTask(
            id,
            call.model(),
            call.keyId(),
            desk.workTime(call),
            desk.clock().instant(),
            line,
            result,
            failed));
    return Answer.json(200, links(request, call.model(), id).put("status", "IN_QUEUE"))
        .with("x-fal-request-id", id);
  }

  private Answer result(Request request, FalOrder order, String id, FiredFaults faults) {
    if (faults.has(FaultKind.REFUSAL)) {
      return dialect.refused(null);
    }
    if (faults.has(FaultKind.TASK_FAILURE)) {
      return dialect.serverError(500);
    }
    try {
      return results.of(request.origin(), order, id, faults.has(FaultKind.EXPIRED_URL));
    } catch (BadRequestException e) {
      return dialect.invalid(e.getMessage());
    }
  }

  private BigDecimal price(String unit, String app) {
    return desk.prices().of("fal", unit, app);
  }

  private static ObjectNode links(Request request, String app, String id) {
    String[] names = app.split("/", -1);
    String base = request.origin() + "/" + names[0] + "/" + names[1] + "/requests/" + id;
    return Json.object()
        .put("request_id", id)
        .put("response_url", base)
        .put("status_url", base + "/status")
        .put("cancel_url", base + "/cancel");
  }

  private Answer onRequest(Request request, String keyId, Matcher path) {
    String what = path.group(3) == null ? "result" : path.group(3).substring(1);
    String id = path.group(2);
    ApiCall call = ApiCall.plain(Vendor.FAL, what, keyId, request.header(STEP_HEADER));
    return desk.free(
        call,
        dialect,
        (_, _) ->
            queue
                .read(
                    keyId,
                    id,
                    task ->
                        switch (what) {
                          case "status" -> status(request, task);
                          case "cancel" -> cancel(task);
                          default -> result(task);
                        })
                .orElseGet(() -> dialect.notFound("Request not found"))
                .with("x-fal-request-id", id));
  }

  private Answer status(Request request, FalTask task) {
    ObjectNode body = links(request, task.app, task.id);
    return switch (task.state) {
      case IN_QUEUE ->
          Answer.json(
              202, body.put("status", "IN_QUEUE").put("queue_position", queue.position(task)));
      case IN_PROGRESS -> Answer.json(202, body.put("status", "IN_PROGRESS"));
      case COMPLETED -> {
        body.put("status", "COMPLETED");
        if (task.failed) {
          body.put("error", "The request failed.").put("error_type", errorType(task));
        }
        yield Answer.json(200, body);
      }
      case CANCELLED -> dialect.notFound("Request was cancelled");
    };
  }

  private static String errorType(FalTask task) {
    return task.result.headers().getOrDefault("x-fal-error-type", "internal_error");
  }

  private Answer cancel(FalTask task) {
    if (queue.cancel(task)) {
      desk.invoice().refund(task.invoiceLine);
      return Answer.json(202, Json.object().put("status", "CANCELLATION_REQUESTED"));
    }
    return task.state == FalTask.State.IN_PROGRESS
        ? Answer.json(202, Json.object().put("status", "CANCELLATION_REQUESTED"))
        : Answer.json(400, Json.object().put("status", "ALREADY_COMPLETED"));
  }

  private Answer result(FalTask task) {
    return switch (task.state) {
      case COMPLETED -> task.result;
      case CANCELLED -> dialect.notFound("Request was cancelled");
      case IN_QUEUE, IN_PROGRESS ->
          Answer.json(400, Json.object().put("detail", "Request is still in progress"));
    };
  }

  @Override
  public void reset() {
    queue.clear();
  }
}
