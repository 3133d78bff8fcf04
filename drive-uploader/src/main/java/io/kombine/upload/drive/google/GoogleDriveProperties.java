package io.kombine.upload.drive.google;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The folder of Google Drive that is the drive.
 *
 * @param rootFolderId id of the folder or shared drive that the trees go into. No default. A
 *     service account without {@code delegate} needs a shared drive: it has no storage of its own
 * @param credentialsFile JSON of a service account, or of a user's refresh token (type {@code
 *     authorized_user}); secret. No default
 * @param delegate address of the user for whom a service account acts, where its domain allows
 *     that; absent by default
 * @param baseUrl where the API is; default {@code https://www.googleapis.com/}. No path, since
 *     uploads have one of their own
 * @param connectTimeout until a connection stands; 100 ms to 1 min, 10 s by default
 * @param requestTimeout for which a request may be without an answer; 1 s to 10 min, 1 min by
 *     default
 * @param resumableFrom size from which an interrupted upload is continued instead of started anew;
 *     0 to 5 MB, the most that goes in one request; 4 MB by default
 * @param chunkSize sent at once of such an upload, a multiple of 256 KB; 256 KB to 64 MB, 8 MB by
 *     default
 */
@Validated
@ConfigurationProperties("kombine.drive.google")
record GoogleDriveProperties(
    @NotNull(message = "must be the id of the folder or shared drive that the trees go into")
        @Pattern(regexp = "[A-Za-z0-9_-]{1,200}", message = "must be the id alone, not an address")
        String rootFolderId,
    @NotNull(message = "must name the JSON file of a service account or of a user's token")
        Path credentialsFile,
    @Nullable String delegate,
    @DefaultValue("https://www.googleapis.com/") URI baseUrl,
    @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration connectTimeout,
    @DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration requestTimeout,
    @DefaultValue("4MB") DataSize resumableFrom,
    @DefaultValue("8MB") DataSize chunkSize) {

  private static final DataSize LEAST_CHUNK = DataSize.ofKilobytes(256);

  /** The base URL with the slash that Google's client wants at its end. */
  String rootUrl() {
    String url = baseUrl.toString();
    return url.endsWith("/") ? url : url + "/";
  }

  @AssertTrue(message = "base-url must be an http or https address without a path")
  boolean isBaseUrlBare() {
    return baseUrl.getHost() != null
        && ("https".equals(baseUrl.getScheme()) || "http".equals(baseUrl.getScheme()))
        && (baseUrl.getPath().isEmpty() || baseUrl.getPath().equals("/"))
        && baseUrl.getQuery() == null
        && baseUrl.getUserInfo() == null;
  }

  @AssertTrue(message = "resumable-from must be from 0 to 5MB")
  boolean isResumableFromInBounds() {
    return !resumableFrom.isNegative() && resumableFrom.compareTo(DataSize.ofMegabytes(5)) <= 0;
  }

  @AssertTrue(message = "chunk-size must be a multiple of 256KB, from 256KB to 64MB")
  boolean isChunkSizeInBounds() {
    return chunkSize.compareTo(LEAST_CHUNK) >= 0
        && chunkSize.compareTo(DataSize.ofMegabytes(64)) <= 0
        && chunkSize.toBytes() % LEAST_CHUNK.toBytes() == 0;
  }
}
