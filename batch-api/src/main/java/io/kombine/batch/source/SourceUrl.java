package io.kombine.batch.source;

import io.kombine.batch.artifact.fetch.ImageFetcher;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A source's URL: of an own artifact, by path or absolute, or an address on the internet. */
final class SourceUrl {

  static final int MAX_LENGTH = 2_048;

  private static final Pattern ARTIFACT =
      Pattern.compile("/api/artifacts/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");

  /** Names of query parameters that let their bearer in. */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?i)(?:^|[&;])[^=&;]*(?:sig|token|key|secret|passw|auth|credential|x-amz-|x-goog-)[^=&;]*=");

  private final URI uri;

  private SourceUrl(URI uri) {
    this.uri = uri;
  }

  /** Reads a URL; empty when it is of neither sort. */
  static Optional<SourceUrl> of(String text) {
    try {
      URI uri = new URI(text.strip());
      boolean path = !uri.isAbsolute() && uri.getRawAuthority() == null && isArtifact(uri);
      return path || ImageFetcher.isFetchable(uri)
          ? Optional.of(new SourceUrl(uri))
          : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static boolean isArtifact(URI uri) {
    return uri.getPath() != null && ARTIFACT.matcher(uri.getPath()).matches();
  }

  URI uri() {
    return uri;
  }

  /** Whether it can only be an own artifact. */
  boolean isPath() {
    return !uri.isAbsolute();
  }

  /** The id of the artifact that the path names, whatever the host. */
  Optional<UUID> artifactId() {
    Matcher artifact = ARTIFACT.matcher(uri.getPath() == null ? "" : uri.getPath());
    return artifact.matches() ? Optional.of(UUID.fromString(artifact.group(1))) : Optional.empty();
  }

  /** The last part of the path, decoded; {@code source} where there is none. */
  String fileName() {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    try {
      last = URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      // why kept: a broken escape is still a name
      last = last.replace('%', '_');
    }
    return last.isBlank() ? "source" : last;
  }

  /** The URL for people to see: without a query that looks like it holds a credential. */
  String shown() {
    String query = uri.getRawQuery();
    String text = uri.toString();
    int end = text.indexOf('#') < 0 ? text.length() : text.indexOf('#');
    String whole = text.substring(0, end);
    return query != null && CREDENTIAL.matcher(query).find()
        ? whole.substring(0, whole.indexOf('?'))
        : whole;
  }
}
