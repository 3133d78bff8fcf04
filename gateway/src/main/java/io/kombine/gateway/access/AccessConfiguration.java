package io.kombine.gateway.access;

import io.kombine.gateway.problem.GatewayProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/** What every request passes first: the path's form, then its origin, then its key. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

  @Bean
  FilterRegistrationBean<PathFilter> pathFilter() {
    return first(new PathFilter(), 0);
  }

  @Bean
  @ConditionalOnProperty("kombine.cors.allowed-origins")
  FilterRegistrationBean<CorsFilter> corsFilter(AccessProperties properties) {
    CorsConfiguration cors = new CorsConfiguration();
    cors.setAllowedOrigins(properties.allowedOrigins());
    cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    cors.setAllowedHeaders(List.of("*"));
    cors.setExposedHeaders(
        List.of("Location", "Retry-After", "Content-Disposition", "Content-Range", "ETag", "Link"));
    cors.setMaxAge(properties.maxAge());
    CorsFilter filter = new CorsFilter(request -> cors);
    filter.setCorsProcessor(new ProblemCorsProcessor());
    return first(filter, 1);
  }

  @Bean
  FilterRegistrationBean<KeyCookieFilter> keyCookieFilter() {
    return first(new KeyCookieFilter(), 2);
  }

  private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> first(
      F filter, int place) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
    return registration;
  }

  /** Refuses with problem+json what the default refuses with plain text. */
  private static final class ProblemCorsProcessor extends DefaultCorsProcessor {

    @Override
    public boolean processRequest(
        @Nullable CorsConfiguration cors, HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (super.processRequest(cors, request, response)) {
        return true;
      }
      GatewayProblem.ORIGIN_NOT_ALLOWED.write(
          request,
          response,
          CorsUtils.isPreFlightRequest(request)
              ? "Pages of this origin may not make this request."
              : "Pages of this origin may not call the gateway.");
      return false;
    }

    @Override
    protected void rejectRequest(org.springframework.http.server.ServerHttpResponse response) {
      // why nothing: processRequest answers
    }
  }
}
