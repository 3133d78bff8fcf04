package io.kombine.gateway.docs;

import io.kombine.contracts.ContractJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code /api/docs}: a page that shows both documents, the gateway's own ({@code
 * /api/docs/gateway.json}) and that of batch-api ({@code /api/openapi}, a path like its others).
 * The page is one file and asks no other host.
 */
@Configuration(proxyBeanMethods = false)
class DocsRouteConfiguration {

  private static final String ONLY_FROM_HERE =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'";

  /** Before the routes to batch-api. */
  @Bean
  @Order(1)
  RouterFunction<ServerResponse> docsRoutes() throws IOException {
    byte[] page = bytes("api/docs.html");
    byte[] document = ContractJson.mapper().writeValueAsBytes(yaml("api/gateway.yaml"));
    return RouterFunctions.route()
        .GET(
            "/api/docs",
            _ ->
                ServerResponse.ok()
                    .contentType(MediaType.TEXT_HTML)
                    .header("Content-Security-Policy", ONLY_FROM_HERE)
                    .header("X-Content-Type-Options", "nosniff")
                    .body(page))
        .GET(
            "/api/docs/gateway.json",
            _ -> ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(document))
        .build();
  }

  private static Map<String, Object> yaml(String name) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try (InputStream in = new ClassPathResource(name).getInputStream()) {
      return new Yaml(new SafeConstructor(options)).load(in);
    }
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = new ClassPathResource(name).getInputStream()) {
      return in.readAllBytes();
    }
  }
}
