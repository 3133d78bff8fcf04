package io.kombine.gateway.console;

import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Serves the console that {@code gateway/web} builds: every page is the same document, whose script
 * reads the address. Scripts, styles and fonts have their content's hash in their names and are
 * kept by browsers for good; the document is asked for each time.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration implements WebMvcConfigurer {

  /**
   * Nothing from elsewhere runs or loads. Styles may stand in elements, since that is how sizes of
   * bars are set.
   */
  static final String CONTENT_SECURITY =
      "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:;"
          + " style-src 'self' 'unsafe-inline'; font-src 'self' data:; object-src 'none';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /** What the console's own addresses begin with, as in {@code web/src/app/App.tsx}. */
  private static final List<String> PAGES =
      List.of("batches", "pipeline", "variants", "scenes", "storyboards", "slideshows", "settings");

  private static final Resource DOCUMENT = new ClassPathResource("static/index.html");

  /** Before the routes to batch-api, none of which begins like a page. */
  @Bean
  @Order(2)
  RouterFunction<ServerResponse> consolePages() {
    RequestPredicate pages =
        PAGES.stream()
            .map(page -> RequestPredicates.path("/" + page + "/**"))
            .reduce(RequestPredicates.path("/"), RequestPredicate::or);
    return RouterFunctions.route()
        .GET(pages, ConsoleConfiguration::document)
        .HEAD(pages, ConsoleConfiguration::document)
        .build();
  }

  private static ServerResponse document(ServerRequest request) {
    return ServerResponse.ok()
        .contentType(MediaType.TEXT_HTML)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("Content-Security-Policy", CONTENT_SECURITY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Referrer-Policy", "same-origin")
        .body(DOCUMENT);
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/console/**")
        .addResourceLocations("classpath:/static/console/")
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
  }
}
