package io.kombine.system.simulator.drive;

import io.kombine.system.simulator.call.Fingerprint;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.BadRequestException;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.http.MultipartForm;
import io.kombine.system.simulator.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Uploads, whole or in chunks. A session is good for a week. Thread-safe. Remembers at most {@value
 * #MAX_SESSIONS} sessions; the oldest end beyond that.
 */
final class DriveUploads {

  static final String PATH = "/upload/drive/v3/files";
  static final int MAX_SESSIONS = 50_000;

  private static final String BYTES = "application/octet-stream";
  private static final Duration LIFETIME = Duration.ofDays(7);
  private static final int MAX_MULTIPART = 5 * 1024 * 1024;

  private final DriveFiles files;
  private final Clock clock;
  private final DriveDialect dialect;
  private final Map<String, UploadSession> sessions = new LinkedHashMap<>();

  DriveUploads(DriveFiles files, Clock clock, DriveDialect dialect) {
    this.files = files;
    this.clock = clock;
    this.dialect = dialect;
  }

  /** Opens a session for a file that could be created now. */
  Answer start(Request request, DriveFile described, String keyId) {
    Answer refusal = refusal(files.check(described));
    return refusal != null ? refusal : open(request, described, false, keyId);
  }

  /** Opens a session for other content of a file that is there. */
  Answer replace(Request request, DriveFile described, String keyId) {
    return open(request, described, true, keyId);
  }

  private Answer open(Request request, DriveFile described, boolean replaces, String keyId) {
    String id = UUID.randomUUID().toString();
    String fields = request.query().getOrDefault("fields", "");
    synchronized (sessions) {
      sessions.put(
          id,
          new UploadSession(described, replaces, keyId, fields, clock.instant().plus(LIFETIME)));
      if (sessions.size() > MAX_SESSIONS) {
        Iterator<String> oldest = sessions.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    String location = request.origin() + PATH + "?uploadType=resumable&upload_id=" + id;
    return Answer.empty(200).with("Location", location).with("X-GUploader-UploadID", id);
  }

  /** The media type of what will be uploaded. */
  static String mediaType(Request request) {
    return request.header("X-Upload-Content-Type", BYTES);
  }

  /** The session that a request goes on with. */
  Optional<UploadSession> find(Request request) {
    synchronized (sessions) {
      return Optional.ofNullable(sessions.get(request.query().getOrDefault("upload_id", "")))
          .filter(session -> clock.instant().isBefore(session.expires));
    }
  }

  /** Takes a chunk, or says how far the upload is. */
  Answer put(Request request, boolean half) {
    UploadSession session = find(request).orElse(null);
    if (session == null) {
      return dialect.notFound("The upload session is not known.");
    }
    synchronized (session) {
      DriveFile done = session.done;
      if (done == null) {
        if (!session.take(request.body(), request.header("Content-Range", ""), half)) {
          return incomplete(session.received());
        }
        done = session.finished();
        Answer refusal = session.replaces ? replaced(done) : refusal(files.add(done));
        if (refusal != null) {
          return refusal;
        }
        session.done = done;
      }
      return Answer.json(200, DriveView.of(done, DriveView.fields(session.fields)));
    }
  }

  private @Nullable Answer replaced(DriveFile file) {
    return files.replace(file) ? null : dialect.notFound("The file is not there any more.");
  }

  private static Answer incomplete(long received) {
    Answer answer = Answer.empty(308);
    return received == 0 ? answer : answer.with("Range", "bytes=0-" + (received - 1));
  }

  /** Creates a file from a request that has description and content. */
  Answer multipart(Request request, Function<JsonNode, DriveFile> describe) {
    List<MultipartForm.Part> parts = MultipartForm.of(request).parts();
    if (parts.size() != 2 || request.body().length > MAX_MULTIPART + 64 * 1024) {
      throw new BadRequestException("A multipart upload has two parts and at most 5 MB.");
    }
    JsonNode metadata;
    try {
      metadata = Json.MAPPER.readTree(parts.getFirst().content());
    } catch (JacksonException e) {
      throw new BadRequestException("The description is not JSON.");
    }
    byte[] content = parts.get(1).content();
    String hash = new Fingerprint().add(content).hex();
    return create(request, describe.apply(metadata).with(content.length, hash));
  }

  /** Creates a file or folder at once. */
  Answer create(Request request, DriveFile file) {
    Answer refusal = refusal(files.add(file));
    return refusal != null
        ? refusal
        : Answer.json(
            200, DriveView.of(file, DriveView.fields(request.query().getOrDefault("fields", ""))));
  }

  private @Nullable Answer refusal(DriveFiles.Added added) {
    return switch (added) {
      case DONE -> null;
      case ID_IN_USE -> DriveDialect.idInUse();
      case NO_PARENT -> dialect.notFound("The parent was not found.");
      case FULL -> dialect.quota("storageQuotaExceeded");
    };
  }

  void clear() {
    synchronized (sessions) {
      sessions.clear();
    }
  }
}
