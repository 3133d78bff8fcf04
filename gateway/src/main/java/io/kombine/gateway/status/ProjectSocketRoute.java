package io.kombine.gateway.status;

import io.kombine.gateway.problem.GatewayProblem;
import io.kombine.gateway.status.ProjectGenerations.Answer;
import io.kombine.gateway.status.ProjectGenerations.Generation;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * {@code WS /ws/projects/{id}}. Whatever is wrong is answered as problem+json before the protocol
 * is changed.
 */
@Configuration(proxyBeanMethods = false)
class ProjectSocketRoute {

  private static final String PATH = "/ws/projects/{id}";
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final ProjectSockets sockets;
  private final StreamProperties streams;

  ProjectSocketRoute(ProjectSockets sockets, StreamProperties streams) {
    this.sockets = sockets;
    this.streams = streams;
  }

  @Bean
  @Order(1)
  RouterFunction<ServerResponse> projectSocketRoutes() {
    return RouterFunctions.route().GET(PATH, this::open).build();
  }

  private ServerResponse open(ServerRequest request) {
    String id = request.pathVariable("id");
    if (!"websocket".equalsIgnoreCase(request.headers().firstHeader("Upgrade"))) {
      return GatewayProblem.UPGRADE_REQUIRED.response(
          "This path speaks the WebSocket protocol.", "Upgrade", "websocket");
    }
    if (!UUID_FORM.matcher(id).matches()) {
      return GatewayProblem.PROJECT_NOT_FOUND.response("Project ids are UUIDs.");
    }
    UUID projectId = UUID.fromString(id.toLowerCase(Locale.ROOT));
    String key = request.headers().firstHeader(Snapshots.API_KEY);
    return switch (sockets.generations().ask(projectId, key)) {
      case Answer.Found(Generation generation) ->
          upgraded(
              new ProjectSocket(
                  sockets,
                  generation,
                  key,
                  request.param("position").flatMap(ProjectPosition::parse).orElse(null)));
      case Answer.Unknown() ->
          GatewayProblem.PROJECT_NOT_FOUND.response(
              "No project of yours has the id " + projectId + ".");
      case Answer.Unavailable() ->
          GatewayProblem.SERVICE_UNAVAILABLE.response(
              "The service that keeps the projects cannot be reached.");
      case Answer.Refused(int status, byte[] problem) ->
          ServerResponse.status(status)
              .contentType(MediaType.APPLICATION_PROBLEM_JSON)
              .build((req, response) -> {
                response.getOutputStream().write(problem);
                return null;
              });
    };
  }

  private ServerResponse upgraded(ProjectSocket socket) {
    return ServerResponse.ok()
        .build((request, response) -> {
          upgrade(socket, request, response);
          return null;
        });
  }

  private void upgrade(
      ProjectSocket socket, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    // why here too: browsers let any page open a socket, and only tell whose page it is; the filter
    // has marked those of other origins that may
    if (CorsUtils.isCorsRequest(request)
        && response.getHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN) == null) {
      GatewayProblem.ORIGIN_NOT_ALLOWED.write(
          request, response, "Pages of this origin may not open sockets here.");
      return;
    }
    if (!sockets.batches().takeStreamPlace(streams.maxStreams())) {
      GatewayProblem.TOO_MANY_STREAMS.write(
          request,
          response,
          "This gateway serves at most " + streams.maxStreams() + " streams at once.");
      return;
    }
    boolean open = false;
    try {
      container(request).upgradeHttpToWebSocket(request, response, endpoint(socket), Map.of());
      open = response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS;
    } catch (DeploymentException broken) {
      throw new ServletException(broken);
    } finally {
      if (!open) {
        sockets.batches().freeStreamPlace();
      }
    }
  }

  private static ServerContainer container(HttpServletRequest request) {
    Object container =
        request.getServletContext().getAttribute("jakarta.websocket.server.ServerContainer");
    if (container instanceof ServerContainer found) {
      return found;
    }
    throw new IllegalStateException("the web server has no WebSocket container");
  }

  private static ServerEndpointConfig endpoint(ProjectSocket socket) {
    return ServerEndpointConfig.Builder.create(ProjectSocket.class, PATH)
        .configurator(
            new ServerEndpointConfig.Configurator() {
              @Override
              public <T> T getEndpointInstance(Class<T> type) {
                return type.cast(socket);
              }

              @Override
              public boolean checkOrigin(@Nullable String origin) {
                // why: it has been judged before
                return true;
              }
            })
        .build();
  }
}
