package io.kombine.upload.drive.google;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import io.kombine.upload.drive.NewFile;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Google's client of Drive v3 as far as it is needed: every call says that it supports shared
 * drives, and none is repeated. Failures are those of Google's client; their messages may hold an
 * upload session's address, which is a secret, so nobody logs them. Thread-safe.
 *
 * <p>Uploads that go on in another process are beyond Google's client (its issue 995), so their
 * requests are made here, as its {@code MediaHttpUploader} makes them.
 */
final class GoogleDriveClient {

  static final String FOLDER = "application/vnd.google-apps.folder";

  private static final String FIELDS = "id,mimeType,sha256Checksum,trashed,webViewLink";
  private static final JsonFactory JSON = GsonFactory.getDefaultInstance();

  private final Drive drive;
  private final URI origin;

  GoogleDriveClient(
      GoogleDriveProperties properties, GoogleCredentials credentials, HttpTransport transport) {
    HttpCredentialsAdapter authorized = new HttpCredentialsAdapter(credentials);
    HttpRequestInitializer initializer =
        request -> {
          authorized.initialize(request);
          // a refused token is renewed all the same, for the next request
          request.setNumberOfRetries(0);
          request.setFollowRedirects(false);
          request.setConnectTimeout((int) properties.connectTimeout().toMillis());
          request.setReadTimeout((int) properties.requestTimeout().toMillis());
          request.setLoggingEnabled(false);
          request.setCurlLoggingEnabled(false);
        };
    this.drive =
        new Drive.Builder(transport, JSON, initializer)
            .setRootUrl(properties.rootUrl())
            .setApplicationName("Kombine")
            .build();
    this.origin = URI.create(properties.rootUrl());
  }

  List<String> generateIds(int count) throws IOException {
    List<String> ids =
        drive
            .files()
            .generateIds()
            .setCount(count)
            .setSpace("drive")
            .setType("files")
            .execute()
            .getIds();
    return ids == null ? List.of() : ids;
  }

  File createFolder(String id, String parentId, String name) throws IOException {
    File folder =
        new File().setId(id).setName(name).setMimeType(FOLDER).setParents(List.of(parentId));
    return drive.files().create(folder).setSupportsAllDrives(true).setFields(FIELDS).execute();
  }

  File find(String id) throws IOException {
    return drive.files().get(id).setSupportsAllDrives(true).setFields(FIELDS).execute();
  }

  /** Creates a file in one request. */
  File create(NewFile file, byte[] bytes) throws IOException {
    Drive.Files.Create create =
        drive
            .files()
            .create(described(file), new ByteArrayContent(file.mediaType(), bytes))
            .setSupportsAllDrives(true)
            .setFields(FIELDS);
    create.getMediaHttpUploader().setDirectUploadEnabled(true);
    return create.execute();
  }

  /**
   * Begins an upload that can be gone on with, for a week.
   *
   * @param replacing whether the file is there and gets new content
   * @return the session's address; a secret
   */
  String start(NewFile file, boolean replacing) throws IOException {
    String path = "upload/drive/v3/files" + (replacing ? "/" + file.id() : "");
    GenericUrl url = new GenericUrl(origin.resolve(path));
    url.put("uploadType", "resumable");
    url.put("supportsAllDrives", true);
    url.put("fields", FIELDS);
    HttpContent metadata =
        new JsonHttpContent(
            JSON, replacing ? new File().setMimeType(file.mediaType()) : described(file));
    HttpRequest request =
        drive.getRequestFactory().buildRequest(replacing ? "PATCH" : "POST", url, metadata);
    request.getHeaders().set("X-Upload-Content-Type", file.mediaType());
    request.getHeaders().set("X-Upload-Content-Length", file.bytes());
    HttpResponse response = GoogleJsonResponseException.execute(JSON, request);
    try {
      String location = response.getHeaders().getLocation();
      if (location == null || !isOurs(location)) {
        throw new IOException("The answer names no upload session of this drive");
      }
      return location;
    } finally {
      response.disconnect();
    }
  }

  /** Whether an address is one that this drive's credentials may be sent to. */
  boolean isOurs(String session) {
    try {
      URI uri = URI.create(session);
      return origin.getScheme().equals(uri.getScheme())
          && origin.getHost().equals(uri.getHost())
          && origin.getPort() == uri.getPort();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /**
   * Sends a part of an upload, or asks how far it is.
   *
   * @param part null to ask
   * @param range as in {@code bytes 0-9/10} or {@code bytes *}{@code /10}
   * @return the file, when that was the last of it
   * @throws GoogleJsonResponseException with status 308 when more is wanted
   */
  File put(String session, @Nullable HttpContent part, String range) throws IOException {
    HttpRequest request =
        drive
            .getRequestFactory()
            .buildPutRequest(new GenericUrl(session), part == null ? new EmptyContent() : part);
    request.getHeaders().setContentRange(range);
    request.setParser(drive.getObjectParser());
    return GoogleJsonResponseException.execute(JSON, request).parseAs(File.class);
  }

  private static File described(NewFile file) {
    return new File()
        .setId(file.id())
        .setName(file.name())
        .setMimeType(file.mediaType())
        .setParents(List.of(file.parentId()));
  }
}
