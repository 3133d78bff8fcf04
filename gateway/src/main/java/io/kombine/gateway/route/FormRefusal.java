package io.kombine.gateway.route;

import io.kombine.gateway.problem.GatewayProblem;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Refuses URL-encoded forms. Nothing takes them, and the servlet container would read such a body
 * into memory as parameters before it could be passed on.
 */
final class FormRefusal {

  private FormRefusal() {}

  static ServerResponse refuse(ServerRequest request, HandlerFunction<ServerResponse> next)
      throws Exception {
    String type = request.servletRequest().getContentType();
    if (type != null
        && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
      return GatewayProblem.UNSUPPORTED_MEDIA_TYPE.response(
          "URL-encoded forms are not taken here; send JSON, or multipart/form-data for uploads.");
    }
    return next.handle(request);
  }
}
