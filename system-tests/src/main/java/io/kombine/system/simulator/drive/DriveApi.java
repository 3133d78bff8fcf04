package io.kombine.system.simulator.drive;

import io.kombine.system.simulator.call.ApiCall;
import io.kombine.system.simulator.call.Fingerprint;
import io.kombine.system.simulator.call.KeyId;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.Api;
import io.kombine.system.simulator.desk.Desk;
import io.kombine.system.simulator.desk.Keys;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.BadRequestException;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.http.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /drive/v3/files}, {@code /upload/drive/v3/files} and {@code /token}. Nothing is billed;
 * calls count in quota units. What is in the shared drive is there only for calls that say {@code
 * supportsAllDrives=true}. A call names its step by header or by the file's appProperty {@code
 * step}. As the faults' prompt it has the file's name.
 */
public final class DriveApi implements Api {

  private static final String FILES = "/drive/v3/files";
  private static final Pattern ID = Pattern.compile("1[A-Za-z0-9_-]{32}");
  private static final int MAX_IDS = 1000;
  private static final int READ = 5;
  private static final int LIST = 100;
  private static final int EDIT = 50;

  private final Desk desk;
  private final Keys keys;
  private final DriveDialect dialect = new DriveDialect();
  private final DriveFiles files = new DriveFiles();
  private final DriveTokens tokens;
  private final DriveUploads uploads;

  /** On a desk. */
  public DriveApi(Desk desk, Keys keys) {
    this.desk = desk;
    this.keys = keys;
    this.tokens = new DriveTokens(desk.clock());
    this.uploads = new DriveUploads(files, desk.clock(), dialect);
  }

  /** The id of the shared drive that is there from the start. */
  public static String sharedDriveId() {
    return DriveFiles.SHARED_DRIVE;
  }

  /** All files and folders with their paths. */
  public List<DriveEntry> tree() {
    return files.tree();
  }

  @Override
  public Optional<Answer> answer(Request request) {
    String path = request.path();
    if (path.equals("/token")) {
      return Optional.of(token(request));
    }
    boolean upload =
        path.equals(DriveUploads.PATH)
            || (request.method().equals("PATCH") && path.startsWith(DriveUploads.PATH + "/"));
    if (!upload && !path.equals(FILES) && !path.startsWith(FILES + "/")) {
      return Optional.empty();
    }
    String token = request.credential("Bearer");
    String key = tokens.account(request).orElse(token);
    // why a chunk needs no key: the session's address is the credential
    boolean chunk = upload && request.method().equals("PUT");
    boolean expired = DriveTokens.isOurs(token) && key.equals(token);
    if (!chunk && (expired || !keys.accepts(Vendor.DRIVE, key))) {
      return Optional.of(dialect.unauthorized());
    }
    try {
      return Optional.of(upload ? upload(request, KeyId.of(key)) : files(request, KeyId.of(key)));
    } catch (BadRequestException e) {
      return Optional.of(dialect.invalid(e.getMessage()));
    }
  }

  private Answer token(Request request) {
    ApiCall call = ApiCall.plain(Vendor.DRIVE, "token", "none", null);
    return desk.free(call, dialect, (_, _) -> tokens.issue(request));
  }

  private Answer upload(Request request, String keyId) {
    String type = request.query().getOrDefault("uploadType", "");
    if (request.method().equals("PUT")) {
      return uploads
          .find(request)
          .map(session ->
              limited(
                  request,
                  "upload_chunk",
                  session.keyId,
                  READ,
                  session.described,
                  (faults, _) -> uploads.put(request, faults.has(FaultKind.PARTIAL_CHUNK))))
          .orElseGet(() -> dialect.notFound("The upload session is not known."));
    }
    if (request.method().equals("PATCH")) {
      return replace(request, keyId);
    }
    if (!request.method().equals("POST")) {
      return dialect.notFound("Not Found");
    }
    return switch (type) {
      case "resumable" -> {
        DriveFile described = describe(request, request.json(), DriveUploads.mediaType(request));
        yield limited(
            request,
            "start_upload",
            keyId,
            EDIT,
            described,
            (_, _) -> uploads.start(request, described, keyId));
      }
      case "multipart" ->
          limited(
              request,
              "upload",
              keyId,
              EDIT,
              "",
              (_, _) ->
                  uploads.multipart(
                      request, json -> describe(request, json, "application/octet-stream")));
      default -> dialect.invalid("uploadType is resumable or multipart.");
    };
  }

  private Answer replace(Request request, String keyId) {
    String id = request.path().substring(DriveUploads.PATH.length() + 1);
    DriveFile file = files.find(id).filter(_ -> isSeen(request, id)).orElse(null);
    if (file == null || file.isFolder()) {
      return dialect.notFound("File not found: " + id + ".");
    }
    return limited(
        request,
        "start_upload",
        keyId,
        EDIT,
        file,
        (_, _) -> uploads.replace(request, file, keyId));
  }

  private Answer files(Request request, String keyId) {
    String rest = request.path().substring(FILES.length());
    String id = rest.isEmpty() ? "" : rest.substring(1);
    return switch (request.method() + (id.isEmpty() ? "" : " ID")) {
      case "POST" -> {
        DriveFile file = describe(request, request.json(), "application/octet-stream");
        DriveFile described =
            file.isFolder() ? file : file.with(0, new Fingerprint().add("").hex());
        yield limited(
            request,
            described.isFolder() ? "create_folder" : "create",
            keyId,
            EDIT,
            described,
            (_, _) -> uploads.create(request, described));
      }
      case "GET" -> limited(request, "list", keyId, LIST, "", (_, _) -> list(request));
      case "GET ID" ->
          id.equals("generateIds")
              ? limited(request, "generate_ids", keyId, READ, "", (_, _) -> ids(request))
              : limited(request, "get", keyId, READ, "", (_, _) -> get(request, id));
      case "DELETE ID" ->
          limited(
              request,
              "delete",
              keyId,
              EDIT,
              "",
              (_, _) ->
                  isSeen(request, id) && files.remove(id)
                      ? Answer.empty(204)
                      : dialect.notFound("File not found: " + id + "."));
      default -> dialect.notFound("Not Found");
    };
  }

  private Answer limited(
      Request request, String operation, String keyId, int units, String name, Desk.Work work) {
    ApiCall call =
        new ApiCall(
            Vendor.DRIVE, operation, keyId, "", name, request.header(STEP_HEADER), operation);
    return desk.limited(call, dialect, units, true, work);
  }

  private Answer limited(
      Request request, String operation, String keyId, int units, DriveFile file, Desk.Work work) {
    String step =
        ApiCall.firstStep(
            Arrays.asList(request.header(STEP_HEADER), file.appProperties().get("step")));
    ApiCall call = new ApiCall(Vendor.DRIVE, operation, keyId, "", file.name(), step, file.id());
    return desk.limited(call, dialect, units, true, work);
  }

  private DriveFile describe(Request request, JsonNode metadata, String mediaType) {
    String id = Json.text(metadata, "id");
    if (!id.isEmpty() && !ID.matcher(id).matches()) {
      throw new BadRequestException("The provided file ID is not usable.");
    }
    DriveFile file =
        DriveFile.described(
            metadata, id.isEmpty() ? newId() : id, mediaType, desk.clock().instant());
    if (files.isShared(file.parent()) && !supportsAllDrives(request)) {
      throw new BadRequestException(
          "The parent is in a shared drive: supportsAllDrives is needed.");
    }
    return file;
  }

  private static String newId() {
    return "1" + UUID.randomUUID().toString().replace("-", "");
  }

  private static boolean supportsAllDrives(Request request) {
    return "true".equals(request.query().get("supportsAllDrives"));
  }

  private boolean isSeen(Request request, String id) {
    return supportsAllDrives(request) || !files.isShared(id);
  }

  private Answer ids(Request request) {
    int count = number(request, "count", 10);
    if (count > MAX_IDS) {
      throw new BadRequestException("count is at most 1000.");
    }
    ObjectNode body = Json.object().put("kind", "drive#generatedIds").put("space", "drive");
    ArrayNode ids = body.putArray("ids");
    for (int i = 0; i < count; i++) {
      ids.add(newId());
    }
    return Answer.json(200, body);
  }

  private Answer get(Request request, String id) {
    Set<String> fields = DriveView.fields(request.query().getOrDefault("fields", ""));
    return files
        .find(id)
        .filter(_ -> isSeen(request, id))
        .map(file -> Answer.json(200, DriveView.of(file, fields)))
        .orElseGet(() -> dialect.notFound("File not found: " + id + "."));
  }

  private Answer list(Request request) {
    DriveQuery query = DriveQuery.of(request.query().getOrDefault("q", ""));
    boolean shared =
        supportsAllDrives(request)
            && "true".equals(request.query().get("includeItemsFromAllDrives"));
    int skip = number(request, "pageToken", 0);
    int size = Math.clamp(number(request, "pageSize", 100), 1, MAX_IDS);
    List<DriveFile> found =
        files.list(
            query.folder(), query.filter().and(file -> shared || !files.isShared(file.id())));
    Set<String> fields = DriveView.listFields(request.query().getOrDefault("fields", ""));
    ObjectNode body = Json.object().put("kind", "drive#fileList").put("incompleteSearch", false);
    if (found.size() > skip + size) {
      body.put("nextPageToken", Integer.toString(skip + size));
    }
    ArrayNode page = body.putArray("files");
    found.stream().skip(skip).limit(size).forEach(file -> page.add(DriveView.of(file, fields)));
    return Answer.json(200, body);
  }

  private static int number(Request request, String name, int otherwise) {
    try {
      return Math.max(
          0, Integer.parseInt(request.query().getOrDefault(name, Integer.toString(otherwise))));
    } catch (NumberFormatException e) {
      throw new BadRequestException(name + " is no number.");
    }
  }

  @Override
  public void reset() {
    files.clear();
    uploads.clear();
  }
}
