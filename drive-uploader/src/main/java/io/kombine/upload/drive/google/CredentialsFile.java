package io.kombine.upload.drive.google;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.GenericJson;
import com.google.api.client.json.JsonObjectParser;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.DriveScopes;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file with what lets Kombine into Google Drive. Nothing of its content is ever said. */
final class CredentialsFile {

  private static final long MOST_BYTES = 64 * 1024;

  private CredentialsFile() {}

  /**
   * @throws IllegalStateException with a sentence for operators, when the file is of no use
   */
  static GoogleCredentials read(Path file, @Nullable String delegate, HttpTransport transport) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("it is too long");
      }
      return parse(Files.readAllBytes(file), delegate, () -> transport);
    } catch (IOException | IllegalArgumentException e) {
      // why without the cause: a parser's message may quote what it reads
      throw new IllegalStateException(
          "kombine.drive.google.credentials-file %s cannot be used: %s."
              .formatted(
                  file,
                  e instanceof UnfitException
                      ? e.getMessage()
                      : "it cannot be read as JSON of a service account or of a user's token"));
    }
  }

  private static GoogleCredentials parse(
      byte[] json, @Nullable String delegate, HttpTransportFactory transport) throws IOException {
    Object type =
        new JsonObjectParser(GsonFactory.getDefaultInstance())
            .parseAndClose(
                new ByteArrayInputStream(json), StandardCharsets.UTF_8, GenericJson.class)
            .get("type");
    return switch (String.valueOf(type)) {
      case "service_account" -> {
        ServiceAccountCredentials.Builder account =
            ServiceAccountCredentials.fromStream(new ByteArrayInputStream(json), transport)
                .toBuilder()
                .setScopes(List.of(DriveScopes.DRIVE))
                .setDefaultRetriesEnabled(false);
        if (delegate != null) {
          account.setServiceAccountUser(delegate);
        }
        yield account.build();
      }
      case "authorized_user" -> {
        if (delegate != null) {
          throw new UnfitException("only a service account acts for a delegate");
        }
        yield UserCredentials.fromStream(new ByteArrayInputStream(json), transport);
      }
      default ->
          throw new UnfitException(
              "its type is neither service_account nor authorized_user: " + type);
    };
  }

  private static final class UnfitException extends IOException {
    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
      super(message);
    }
  }
}
