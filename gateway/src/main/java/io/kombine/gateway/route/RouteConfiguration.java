package io.kombine.gateway.route;

import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;
import static org.springframework.web.servlet.function.RequestPredicates.path;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Which paths lead to batch-api: the public ones, and nothing else of it. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

  /** After the routes that the gateway answers itself. */
  @Bean
  @Order(100)
  RouterFunction<ServerResponse> batchApiRoutes(RouteProperties properties) {
    return route("batch-api")
        .route(
            path("/api/**").or(path("/batch/**")).or(path("/status/**")).or(path("/signed-upload")),
            http())
        .filter(FormRefusal::refuse)
        .before(uri(properties.url()))
        .build();
  }

  /**
   * Passes answers on as they are: it follows no redirect, decompresses nothing, keeps no cookies
   * and repeats no request.
   */
  @Bean(destroyMethod = "close")
  CloseableHttpClient batchApiClient(RouteProperties properties) {
    Timeout idle = Timeout.of(properties.idleTimeout());
    Timeout connect = Timeout.of(properties.connectTimeout());
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(properties.maxConnections())
                .setMaxConnPerRoute(properties.maxConnections())
                .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(idle)
                        // why: a connection that batch-api closed meanwhile must not fail a request
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(100))
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(idle)
                .setConnectionRequestTimeout(connect)
                .setRedirectsEnabled(false)
                .build())
        .evictIdleConnections(TimeValue.ofSeconds(10))
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableDefaultUserAgent()
        .build();
  }
}
