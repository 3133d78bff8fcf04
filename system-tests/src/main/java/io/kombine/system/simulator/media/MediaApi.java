package io.kombine.system.simulator.media;

import io.kombine.system.simulator.call.ApiCall;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.Api;
import io.kombine.system.simulator.desk.Desk;
import io.kombine.system.simulator.desk.Dialect;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Downloads of results, free and without a key: operation {@code download} of the vendor. */
public final class MediaApi implements Api {

  private final Desk desk;
  private final MediaStore media;
  private final Dialect dialect = new PlainDialect();

  /** On a desk. */
  public MediaApi(Desk desk, MediaStore media) {
    this.desk = desk;
    this.media = media;
  }

  @Override
  public Optional<Answer> answer(Request request) {
    String path = request.path();
    int slash = path.indexOf('/', MediaStore.PATH.length());
    if (!path.startsWith(MediaStore.PATH) || slash < 0) {
      return Optional.empty();
    }
    Vendor vendor;
    try {
      vendor = Vendor.of(path.substring(MediaStore.PATH.length(), slash));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    ApiCall call = ApiCall.plain(vendor, "download", "none", request.header(STEP_HEADER));
    return Optional.of(
        desk.free(
            call,
            dialect,
            (faults, _) ->
                faults.has(FaultKind.EXPIRED_URL) ? MediaStore.expired() : media.answer(request)));
  }

  @Override
  public void reset() {
    media.reset();
  }

  /** A file server's words. */
  private static final class PlainDialect implements Dialect {

    @Override
    public Answer tooMany(@Nullable Duration retryAfter) {
      return text(429, "Too Many Requests");
    }

    @Override
    public Answer tooManyAtOnce() {
      return text(503, "Slow Down");
    }

    @Override
    public Answer serverError(int status) {
      return text(status, "Server Error");
    }

    @Override
    public Answer refused(@Nullable String reason) {
      return text(403, "Access Denied");
    }

    @Override
    public Answer unpaid() {
      return text(403, "Access Denied");
    }

    @Override
    public Answer unauthorized() {
      return text(401, "Unauthorized");
    }

    @Override
    public Answer invalid(String message) {
      return text(400, message);
    }

    @Override
    public Answer notFound(String message) {
      return text(404, message);
    }

    private static Answer text(int status, String message) {
      return Answer.bytes(status, "text/plain", message.getBytes(StandardCharsets.UTF_8));
    }
  }
}
