package io.kombine.gateway.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the client's key from a cookie where there is no {@code X-Api-Key}: browsers can send no
 * header of a page's own with pictures, films, downloads, event streams and sockets. The console
 * sets the cookie, with {@code SameSite=Strict}; it counts only in requests of the gateway's own
 * pages, so that no other page can act with it.
 */
final class KeyCookieFilter extends OncePerRequestFilter {

  static final String COOKIE = "kombine-key";

  private static final String HEADER = "X-Api-Key";
  private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<String> key =
        request.getHeader(HEADER) == null && isOfOwnPage(request)
            ? keyIn(request)
            : Optional.empty();
    chain.doFilter(
        key.<HttpServletRequest>map(value -> new Keyed(request, value)).orElse(request), response);
  }

  private static Optional<String> keyIn(HttpServletRequest request) {
    Cookie @Nullable [] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Stream.of(cookies)
            .filter(cookie -> cookie.getName().equals(COOKIE) && !cookie.getValue().isEmpty())
            .map(Cookie::getValue)
            .findFirst();
  }

  /**
   * Old browsers, and all on plain http, tell no fetch site; for what changes anything they tell
   * the origin.
   */
  private static boolean isOfOwnPage(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return OWN_PAGES.contains(site);
    }
    String origin = request.getHeader("Origin");
    return origin == null || sameHost(origin, request.getHeader("Host"));
  }

  private static boolean sameHost(String origin, @Nullable String host) {
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  /** The same request, with the key as every other client sends it. */
  private static final class Keyed extends HttpServletRequestWrapper {

    private final String key;

    Keyed(HttpServletRequest request, String key) {
      super(request);
      this.key = key;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return HEADER.equalsIgnoreCase(name) ? key : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return HEADER.equalsIgnoreCase(name)
          ? Collections.enumeration(Set.of(key))
          : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      Set<String> names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
      names.add(HEADER);
      return Collections.enumeration(names);
    }
  }
}
