package io.kombine.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class KeyCookieFilterTests {

  @Test
  void aCookieOfTheConsoleIsTheKey() throws Exception {
    HttpServletRequest passed = passed(_ -> {});

    assertThat(passed.getHeader("x-api-key")).isEqualTo("secret");
    assertThat(Collections.list(passed.getHeaders("X-Api-Key"))).containsExactly("secret");
    assertThat(Collections.list(passed.getHeaderNames())).contains("X-Api-Key");
    assertThat(passed.getHeader("Host")).isEqualTo("kombine.example:8080");
  }

  @Test
  void aKeyInTheHeaderCountsMoreThanTheCookie() throws Exception {
    assertThat(keyOf(request -> request.addHeader("X-Api-Key", "mine"))).isEqualTo("mine");
  }

  @Test
  void anotherPagesRequestHasNoKeyOfTheCookie() throws Exception {
    assertThat(keyOf(request -> request.addHeader("Sec-Fetch-Site", "same-site"))).isNull();
    assertThat(keyOf(request -> request.addHeader("Sec-Fetch-Site", "cross-site"))).isNull();
    assertThat(keyOf(request -> request.addHeader("Origin", "http://kombine.example:9090")))
        .isNull();
    assertThat(keyOf(request -> request.addHeader("Origin", "null"))).isNull();
    assertThat(keyOf(request -> request.addHeader("Origin", "not an address"))).isNull();
  }

  @Test
  void theGatewaysOwnPagesAndItsDownloadsHaveIt() throws Exception {
    assertThat(keyOf(request -> request.addHeader("Sec-Fetch-Site", "same-origin")))
        .isEqualTo("secret");
    assertThat(keyOf(request -> request.addHeader("Sec-Fetch-Site", "none"))).isEqualTo("secret");
    assertThat(keyOf(request -> request.addHeader("Origin", "http://kombine.example:8080")))
        .isEqualTo("secret");
  }

  @Test
  void noCookieIsNoKey() throws Exception {
    assertThat(keyOf(request -> request.setCookies(new Cookie("other", "secret")))).isNull();
    assertThat(keyOf(request -> request.setCookies(new Cookie("kombine-key", "")))).isNull();
  }

  private static @Nullable String keyOf(Consumer<MockHttpServletRequest> with) throws Exception {
    return passed(with).getHeader("X-Api-Key");
  }

  private static HttpServletRequest passed(Consumer<MockHttpServletRequest> with) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/uploads");
    request.addHeader("Host", "kombine.example:8080");
    request.setCookies(new Cookie("kombine-key", "secret"));
    with.accept(request);
    MockFilterChain chain = new MockFilterChain();
    new KeyCookieFilter().doFilter(request, new MockHttpServletResponse(), chain);
    HttpServletRequest passed = (HttpServletRequest) chain.getRequest();
    assertThat(passed).isNotNull();
    return passed;
  }
}
