package io.kombine.i2v.provider.kling;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Kling's paths. Answers of every status are values, their bodies as they came. */
@HttpExchange(url = "/v1/videos/image2video", accept = "application/json")
interface KlingApi {

  /** Creates a task, and pays for it. */
  @PostExchange(contentType = "application/json")
  ResponseEntity<byte[]> create(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization,
      @RequestHeader("X-Kombine-Step") String step,
      @RequestBody KlingOrder order);

  /**
   * What is known of a task; free.
   *
   * @param id Kling's or the caller's own
   */
  @GetExchange("/{id}")
  ResponseEntity<byte[]> task(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization,
      @RequestHeader("X-Kombine-Step") String step,
      @PathVariable String id);
}
