package io.kombine.gateway.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the servlet container dispatches what nobody answered: gives it as problem+json. */
@RestController
class ProblemErrorController implements ErrorController {

  @RequestMapping("${spring.web.error.path:/error}")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    GatewayProblem problem = GatewayProblem.ofStatus(status);
    String path =
        request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
            ? uri
            : request.getRequestURI();
    String detail =
        switch (problem) {
          case NOT_FOUND -> "Nothing is served at this path.";
          case METHOD_NOT_ALLOWED -> request.getMethod() + " is not served at this path.";
          case BODY_TOO_LARGE -> "The body is larger than this path takes.";
          case UNSUPPORTED_MEDIA_TYPE -> "This path takes no body of this type.";
          case CLIENT_TOO_SLOW -> "The body stopped arriving.";
          case BAD_REQUEST -> "The request cannot be read.";
          default -> "The gateway failed on this request; its log says why.";
        };
    problem.write(new ErrorPath(request, path), response, detail);
  }

  /** Names the path that was asked for, not the error page's. */
  private static final class ErrorPath extends jakarta.servlet.http.HttpServletRequestWrapper {

    private final String path;

    ErrorPath(HttpServletRequest request, String path) {
      super(request);
      this.path = path;
    }

    @Override
    public String getRequestURI() {
      return path;
    }
  }
}
