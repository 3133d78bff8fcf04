package io.kombine.i2v.provider.fal;

import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * fal's queue. Its paths hold the app's name, which has slashes of its own, so that each call
 * brings its address. Answers of every status are values, their bodies as they came.
 */
@HttpExchange(accept = "application/json")
interface FalApi {

  /**
   * Submits a request, and pays for it.
   *
   * @param noRetry {@code 1}: fal shall not repeat by itself what failed on its machines
   */
  @PostExchange(contentType = "application/json")
  ResponseEntity<byte[]> submit(
      URI app,
      @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization,
      @RequestHeader("X-Kombine-Step") String step,
      @RequestHeader("Idempotency-Key") String key,
      @RequestHeader("x-fal-no-retry") String noRetry,
      @RequestBody FalOrder order);

  /** What is known of a request, or its result; free. */
  @GetExchange
  ResponseEntity<byte[]> get(
      URI address,
      @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization,
      @RequestHeader("X-Kombine-Step") String step);

  /** Takes a request out of the queue, if it still waits there. */
  @PutExchange
  ResponseEntity<byte[]> cancel(
      URI address,
      @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization,
      @RequestHeader("X-Kombine-Step") String step);
}
