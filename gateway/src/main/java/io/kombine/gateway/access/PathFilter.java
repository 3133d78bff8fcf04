package io.kombine.gateway.access;

import io.kombine.gateway.problem.GatewayProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses paths that two servers could read differently. A route matches the path as it was sent
 * and batch-api reads it again, so {@code /api/../internal} must get no further than here.
 */
final class PathFilter extends OncePerRequestFilter {

  private static final int MAX_LENGTH = 2048;
  private static final Pattern AMBIGUOUS =
      Pattern.compile("//|;|\\\\|%2f|%5c|%3b|%25|%00|/(\\.|%2e){1,2}(/|$)");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    if (path.length() > MAX_LENGTH) {
      GatewayProblem.BAD_REQUEST.write(
          request, response, "A path may have at most " + MAX_LENGTH + " characters.");
    } else if (AMBIGUOUS.matcher(path.toLowerCase(Locale.ROOT)).find()) {
      GatewayProblem.BAD_REQUEST.write(
          request, response, "The path has empty, dot or encoded parts that nothing here has.");
    } else {
      chain.doFilter(request, response);
    }
  }
}
