package io.kombine.system.simulator.gemini;

import io.kombine.system.simulator.call.ApiCall;
import io.kombine.system.simulator.call.KeyId;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.Api;
import io.kombine.system.simulator.desk.Desk;
import io.kombine.system.simulator.desk.Keys;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.BadRequestException;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.http.Request;
import io.kombine.system.simulator.media.Pictures;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1beta/models/MODEL:generateContent}, operations {@code image} and {@code text}. A
 * call names its step by header only, for the API has no field of the caller's own. Billed when
 * accepted: an image by its size and the tokens that went in, text by token.
 */
public final class GeminiApi implements Api {

  private static final Pattern PATH =
      Pattern.compile("/v1(?:beta)?/models/([A-Za-z0-9._-]+):generateContent");
  private static final int IMAGE_TOKENS = 258;
  private static final int OUTPUT_IMAGE_TOKENS = 1290;
  private static final int MAX_QUOTED = 200;

  private final Desk desk;
  private final Keys keys;
  private final GeminiDialect dialect = new GeminiDialect();

  /** On a desk. */
  public GeminiApi(Desk desk, Keys keys) {
    this.desk = desk;
    this.keys = keys;
  }

  @Override
  public Optional<Answer> answer(Request request) {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      return Optional.empty();
    }
    String key = request.header("x-goog-api-key", request.query().getOrDefault("key", ""));
    if (!keys.accepts(Vendor.GEMINI, key)) {
      return Optional.of(dialect.unauthorized());
    }
    if (!request.method().equals("POST")) {
      return Optional.of(dialect.notFound("Unknown method for this path."));
    }
    try {
      GeminiOrder order = GeminiOrder.of(path.group(1), request.body(), request.json());
      return Optional.of(generate(request, KeyId.of(key), order));
    } catch (BadRequestException e) {
      return Optional.of(dialect.invalid(e.getMessage()));
    }
  }

  private Answer generate(Request request, String keyId, GeminiOrder order) {
    ApiCall call =
        new ApiCall(
            Vendor.GEMINI,
            order.wantsImage() ? "image" : "text",
            keyId,
            order.model(),
            order.prompt(),
            request.header(STEP_HEADER),
            order.fingerprint());
    return desk.paid(
        call,
        dialect,
        (faults, _) -> {
          order.check();
          return order.wantsImage() && !faults.has(FaultKind.TEXT_ONLY)
              ? image(call, order)
              : text(call, order);
        });
  }

  private Answer image(ApiCall call, GeminiOrder order) {
    desk.invoice()
        .charge(
            call,
            null,
            desk.prices()
                .of("gemini", "image", order.model(), order.imageSize())
                .add(
                    desk.prices()
                        .tokens(promptTokens(order), "gemini", "tokens", order.model(), "in")));
    desk.work(call);
    Pictures.Size size = order.pixels();
    byte[] image =
        order.images().isEmpty()
            ? Pictures.blank(order.prompt(), 0, size, "png")
            : Pictures.remake(order.images().getFirst(), order.prompt(), 0, size, "png");
    ArrayNode parts = Json.array();
    parts.addObject().put("text", "Here you go");
    parts
        .addObject()
        .putObject("inlineData")
        .put("mimeType", "image/png")
        .put("data", Base64.getEncoder().encodeToString(image));
    return answer(order, parts, OUTPUT_IMAGE_TOKENS);
  }

  private Answer text(ApiCall call, GeminiOrder order) {
    String text = words(order);
    long out = tokens(text);
    BigDecimal amount =
        desk.prices()
            .tokens(promptTokens(order), "gemini", "tokens", order.model(), "in")
            .add(desk.prices().tokens(out, "gemini", "tokens", order.model(), "out"));
    desk.invoice().charge(call, null, amount);
    desk.work(call);
    ArrayNode parts = Json.array();
    parts.addObject().put("text", text);
    return answer(order, parts, out);
  }

  private static String words(GeminiOrder order) {
    String prompt = order.prompt();
    String words = "An answer to: " + prompt.substring(0, Math.min(prompt.length(), MAX_QUOTED));
    if (!order.wantsJson()) {
      return words;
    }
    JsonNode schema = order.config().path("responseSchema");
    if (schema.isMissingNode()) {
      schema = order.config().path("responseJsonSchema");
    }
    return schema.isMissingNode()
        ? Json.object().put("text", words).toString()
        : SchemaFiller.fill(schema, words).toString();
  }

  private static Answer answer(GeminiOrder order, ArrayNode parts, long outputTokens) {
    ObjectNode body = Json.object();
    ObjectNode candidate = body.putArray("candidates").addObject();
    candidate.putObject("content").put("role", "model").set("parts", parts);
    candidate.put("finishReason", "STOP").put("index", 0);
    body.putObject("usageMetadata")
        .put("promptTokenCount", promptTokens(order))
        .put("candidatesTokenCount", outputTokens)
        .put("totalTokenCount", promptTokens(order) + outputTokens);
    body.put("modelVersion", order.model());
    return Answer.json(200, body);
  }

  private static long promptTokens(GeminiOrder order) {
    return tokens(order.prompt()) + (long) IMAGE_TOKENS * order.images().size();
  }

  private static long tokens(String text) {
    return (text.length() + 3L) / 4;
  }
}
