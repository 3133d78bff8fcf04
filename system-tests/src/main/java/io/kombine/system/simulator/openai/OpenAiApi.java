package io.kombine.system.simulator.openai;

import io.kombine.system.simulator.call.ApiCall;
import io.kombine.system.simulator.call.KeyId;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.Api;
import io.kombine.system.simulator.desk.Desk;
import io.kombine.system.simulator.desk.Keys;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.BadRequestException;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.http.Request;
import io.kombine.system.simulator.media.Pictures;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/images/edits} and {@code /v1/images/generations}, {@code GET /v1/models}. A call
 * names its step by header, by {@code Idempotency-Key} or by the field {@code user}. Billed when
 * accepted: by image where the price list has one for model, quality and size, else by token.
 */
public final class OpenAiApi implements Api {

  private static final String EDITS = "/v1/images/edits";
  private static final String GENERATIONS = "/v1/images/generations";
  private static final int INPUT_IMAGE_TOKENS = 323;
  private static final Map<String, Integer> OUTPUT_TOKENS =
      Map.of("low", 272, "medium", 1056, "high", 4160, "xhigh", 8320, "max", 16640);
  private static final List<String> MODELS =
      List.of("gpt-image-2.5-flare", "gpt-image-2.5-sunburst", "gpt-image-2", "gpt-image-1.5");

  private final Desk desk;
  private final Keys keys;
  private final OpenAiDialect dialect = new OpenAiDialect();

  /** On a desk. */
  public OpenAiApi(Desk desk, Keys keys) {
    this.desk = desk;
    this.keys = keys;
  }

  @Override
  public Optional<Answer> answer(Request request) {
    boolean image = request.path().equals(EDITS) || request.path().equals(GENERATIONS);
    if (!image && !request.path().equals("/v1/models")) {
      return Optional.empty();
    }
    String key = request.credential("Bearer");
    if (!keys.accepts(Vendor.OPENAI, key)) {
      return Optional.of(dialect.unauthorized());
    }
    if (!image) {
      return Optional.of(models(key));
    }
    if (!request.method().equals("POST")) {
      return Optional.of(dialect.notFound("Unknown method for this path."));
    }
    try {
      return Optional.of(image(request, key));
    } catch (BadRequestException e) {
      return Optional.of(dialect.invalid(e.getMessage()));
    }
  }

  private Answer image(Request request, String key) {
    boolean edit = request.path().equals(EDITS);
    ImageOrder order = ImageOrder.of(request);
    String step =
        ApiCall.firstStep(
            Arrays.asList(
                request.header(STEP_HEADER), request.header("Idempotency-Key"), order.user()));
    ApiCall call =
        new ApiCall(
            Vendor.OPENAI,
            edit ? "images.edit" : "images.generate",
            KeyId.of(key),
            order.model(),
            order.prompt(),
            step,
            order.fingerprint());
    return desk.paid(
        call,
        dialect,
        (_, _) -> {
          order.check(edit);
          return OpenAiDialect.withRequestId(make(call, order));
        });
  }

  private Answer make(ApiCall call, ImageOrder order) {
    Pictures.Size size = order.pixels();
    ObjectNode body = Json.object();
    ObjectNode usage = body.putObject("usage");
    BigDecimal amount = bill(order, size, usage);
    desk.invoice().charge(call, null, amount);
    desk.work(call);
    ArrayNode data = body.putArray("data");
    for (int i = 0; i < order.count(); i++) {
      byte[] image =
          order.images().isEmpty()
              ? Pictures.blank(order.prompt(), i, size, order.format())
              : Pictures.remake(order.images().getFirst(), order.prompt(), i, size, order.format());
      data.addObject().put("b64_json", Base64.getEncoder().encodeToString(image));
    }
    body.put("created", desk.clock().instant().getEpochSecond())
        .put("output_format", order.format())
        .put("quality", order.effectiveQuality())
        .put("size", size.width() + "x" + size.height())
        .put("background", "opaque");
    return Answer.json(200, body);
  }

  private BigDecimal bill(ImageOrder order, Pictures.Size size, ObjectNode usage) {
    String model = order.model();
    String quality = order.effectiveQuality();
    long text = (order.prompt().length() + 3L) / 4;
    long imageIn = (long) INPUT_IMAGE_TOKENS * order.images().size();
    long perImage =
        Math.round(
            OUTPUT_TOKENS.getOrDefault(quality, 1056)
                * (size.width() * (double) size.height() / (1024 * 1024)));
    long out = perImage * order.count();
    usage.put("input_tokens", text + imageIn).put("output_tokens", out);
    usage.put("total_tokens", text + imageIn + out);
    usage.putObject("input_tokens_details").put("text_tokens", text).put("image_tokens", imageIn);
    return desk.prices()
        .find("openai", "image", model, quality, size.width() + "x" + size.height())
        .map(price -> price.multiply(BigDecimal.valueOf(order.count())))
        .orElseGet(() ->
            desk.prices()
                .tokens(text, "openai", "tokens", model, "text-in")
                .add(desk.prices().tokens(imageIn, "openai", "tokens", model, "image-in"))
                .add(desk.prices().tokens(out, "openai", "tokens", model, "image-out")));
  }

  private Answer models(String key) {
    ApiCall call = ApiCall.plain(Vendor.OPENAI, "models.list", KeyId.of(key), null);
    return desk.free(
        call,
        dialect,
        (_, _) -> {
          ObjectNode body = Json.object().put("object", "list");
          ArrayNode data = body.putArray("data");
          for (String model : MODELS) {
            ObjectNode entry =
                data.addObject()
                    .put("id", model)
                    .put("object", "model")
                    .put("created", 1780000000L);
            entry.put("owned_by", "openai");
            entry.put("shutdown_date", model.equals("gpt-image-1.5") ? "2026-12-01" : null);
          }
          return OpenAiDialect.withRequestId(Answer.json(200, body));
        });
  }
}
