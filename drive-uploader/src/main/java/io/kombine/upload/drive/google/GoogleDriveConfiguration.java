package io.kombine.upload.drive.google;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.apache.v5.Apache5HttpTransport;
import com.google.auth.oauth2.GoogleCredentials;
import io.kombine.upload.drive.Drive;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes a folder of Google Drive the drive, where {@code kombine.drive.kind} is {@code google}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "kombine.drive.kind", havingValue = "google")
@EnableConfigurationProperties(GoogleDriveProperties.class)
public class GoogleDriveConfiguration {

  /** More than uploads ever run at once; a further one waits for the connect timeout. */
  private static final int MOST_CONNECTIONS = 64;

  /** why not Java's own: HttpURLConnection repeats requests whose connection breaks, unasked */
  @Bean(destroyMethod = "shutdown")
  HttpTransport googleTransport() {
    return new Apache5HttpTransport(
        HttpClients.custom()
            .useSystemProperties()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .useSystemProperties()
                    .setMaxConnPerRoute(MOST_CONNECTIONS)
                    .setMaxConnTotal(MOST_CONNECTIONS)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .build());
  }

  @Bean
  Drive googleDrive(GoogleDriveProperties properties, HttpTransport transport) {
    GoogleCredentials credentials =
        CredentialsFile.read(properties.credentialsFile(), properties.delegate(), transport);
    GoogleDriveClient client = new GoogleDriveClient(properties, credentials, transport);
    RootFolder.check(client, properties.rootFolderId());
    return new GoogleDrive(
        client,
        properties.rootFolderId(),
        properties.resumableFrom().toBytes(),
        properties.chunkSize().toBytes());
  }
}
