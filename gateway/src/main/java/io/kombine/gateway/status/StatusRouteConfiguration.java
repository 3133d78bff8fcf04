package io.kombine.gateway.status;

import io.kombine.contracts.ContractJson;
import io.kombine.gateway.problem.GatewayProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The two paths that the gateway answers from its own projection. */
@Configuration(proxyBeanMethods = false)
class StatusRouteConfiguration {

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final StatusService service;
  private final WatchedBatches batches;
  private final StatusStreams streams;
  private final StreamProperties streamProperties;

  StatusRouteConfiguration(
      StatusService service,
      WatchedBatches batches,
      StatusStreams streams,
      StreamProperties streamProperties) {
    this.service = service;
    this.batches = batches;
    this.streams = streams;
    this.streamProperties = streamProperties;
  }

  /** Before the routes to batch-api. */
  @Bean
  @Order(1)
  RouterFunction<ServerResponse> statusRoutes() {
    return RouterFunctions.route()
        .GET("/api/batches/{id}", this::status)
        .GET("/api/batches/{id}/events", this::events)
        .route(
            RequestPredicates.path("/api/batches/{id}/events")
                .and(request -> !request.method().equals(HttpMethod.OPTIONS)),
            request ->
                GatewayProblem.METHOD_NOT_ALLOWED.response(
                    "Only GET is served at this path.", "Allow", "GET"))
        .build();
  }

  private ServerResponse status(ServerRequest request) {
    return withBatch(
        request,
        batch ->
            ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .header("Vary", Snapshots.API_KEY)
                .build((req, response) -> {
                  response
                      .getOutputStream()
                      .write(ContractJson.mapper().writeValueAsBytes(batch.document()));
                  return null;
                }));
  }

  private ServerResponse events(ServerRequest request) {
    return withBatch(
        request,
        batch ->
            ServerResponse.ok()
                .build((req, response) -> {
                  stream(batch.batchId(), req, response);
                  return null;
                }));
  }

  private void stream(UUID batchId, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!batches.takeStreamPlace(streamProperties.maxStreams())) {
      GatewayProblem.TOO_MANY_STREAMS.write(
          request,
          response,
          "This gateway serves at most " + streamProperties.maxStreams() + " streams at once.");
      return;
    }
    try {
      Optional<WatchedBatch> opened = batches.openStream(batchId);
      if (opened.isEmpty()) {
        GatewayProblem.TOO_MANY_STREAMS.write(
            request, response, "This gateway follows as many batches as it can.");
        return;
      }
      try {
        streams.stream(opened.get(), request.getHeader("Last-Event-ID"), response);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        batches.closeStream(opened.get());
      }
    } finally {
      batches.freeStreamPlace();
    }
  }

  private ServerResponse withBatch(
      ServerRequest request, java.util.function.Function<WatchedBatch, ServerResponse> answer) {
    String id = request.pathVariable("id");
    if (!UUID_FORM.matcher(id).matches()) {
      return GatewayProblem.BATCH_NOT_FOUND.response("Batch ids are UUIDs.");
    }
    UUID batchId = UUID.fromString(id.toLowerCase(Locale.ROOT));
    return switch (service.look(batchId, request.headers().firstHeader(Snapshots.API_KEY))) {
      case StatusService.Lookup.Found(WatchedBatch batch) -> answer.apply(batch);
      case StatusService.Lookup.Unknown unknown ->
          GatewayProblem.BATCH_NOT_FOUND.response("No batch of yours has the id " + batchId + ".");
      case StatusService.Lookup.Unavailable(String detail) ->
          GatewayProblem.STATUS_UNAVAILABLE.response(detail);
      case StatusService.Lookup.Refused(int status, byte[] problem) ->
          ServerResponse.status(status)
              .contentType(MediaType.APPLICATION_PROBLEM_JSON)
              .build((req, response) -> {
                response.getOutputStream().write(problem);
                return null;
              });
    };
  }
}
