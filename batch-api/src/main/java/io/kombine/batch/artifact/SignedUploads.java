package io.kombine.batch.artifact;

import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.problem.Texts;
import io.kombine.contracts.Ids;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Addresses that take one image each from whoever has them, without a key, until they expire. What
 * comes is judged by its content like every upload before it becomes an artifact of the owner who
 * asked for the address. The signature is random and kept as a hash only, so that nothing which is
 * stored lets anybody upload.
 */
@Service
public class SignedUploads {

  private static final List<String> MEDIA_TYPES = List.of("image/jpeg", "image/png", "image/webp");
  private static final int MAX_NAME = 255;
  private static final int CLEARED_AT_ONCE = 100;
  private static final int SIGNATURE_BYTES = 32;

  private final JdbcClient jdbc;
  private final UploadService uploads;
  private final OwnedArtifacts artifacts;
  private final SignedUploadProperties properties;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  SignedUploads(
      JdbcClient jdbc,
      UploadService uploads,
      OwnedArtifacts artifacts,
      SignedUploadProperties properties,
      Clock clock) {
    this.jdbc = jdbc;
    this.uploads = uploads;
    this.artifacts = artifacts;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * An address to PUT to.
   *
   * @param path with the signature, from the gateway's root
   */
  public record Address(UUID id, String path, String mediaType, Instant expiresAt, long maxBytes) {}

  /**
   * Gives an owner an address.
   *
   * @throws ProblemException when the media type is none that is taken
   */
  public Address sign(String owner, @Nullable String fileName, @Nullable String mediaType) {
    FieldProblems invalid = new FieldProblems();
    String name = Texts.optional(invalid, "file_name", fileName, MAX_NAME);
    if (mediaType == null || !MEDIA_TYPES.contains(mediaType)) {
      invalid.add(
          "content_type",
          mediaType == null ? "is required" : "is none of the accepted values",
          MEDIA_TYPES);
    }
    invalid.throwIfAny(ProblemType.INVALID_REQUEST);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    clear(now);
    byte[] bytes = new byte[SIGNATURE_BYTES];
    random.nextBytes(bytes);
    String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Address address =
        new Address(
            Ids.next(), "", String.valueOf(mediaType), now.plus(properties.validity()), maxBytes());
    jdbc.sql(
            """
            INSERT INTO signed_uploads (upload_id, owner, signature_hash, media_type, file_name,
              expires_at)
            VALUES (?, ?, ?, ?, nullif(?, ''), ?)
            """)
        .params(
            address.id(),
            owner,
            sha256(signature),
            address.mediaType(),
            name,
            utc(address.expiresAt()))
        .update();
    return new Address(
        address.id(),
        "/api/uploads/" + address.id() + "?signature=" + signature,
        address.mediaType(),
        address.expiresAt(),
        address.maxBytes());
  }

  /** The largest file that an address takes. */
  public long maxBytes() {
    return properties.maxSize().toBytes();
  }

  private record Row(
      String owner,
      String signatureHash,
      String mediaType,
      @Nullable String fileName,
      OffsetDateTime expiresAt,
      @Nullable UUID artifactId) {}

  /**
   * Refuses whoever may not upload here, before anything is read of what they send.
   *
   * @throws ProblemException when the signature is not this address's, or the address has expired
   */
  public void check(UUID uploadId, @Nullable String signature) {
    authorized(uploadId, signature);
  }

  /**
   * Takes the file of an address. The same bytes again are harmless.
   *
   * @param file on disk; the caller removes it
   * @throws ProblemException when it is no image of the announced type, or another one has come
   */
  public OwnedArtifact take(UUID uploadId, @Nullable String signature, Path file)
      throws IOException {
    Row row = authorized(uploadId, signature);
    OwnedArtifact taken =
        uploads.takeBody(
            row.owner(), new UploadService.Upload(file, row.fileName()), row.mediaType());
    int updated =
        jdbc.sql(
                """
                UPDATE signed_uploads SET artifact_id = ?
                WHERE upload_id = ? AND (artifact_id IS NULL OR artifact_id = ?)
                """)
            .params(taken.id(), uploadId, taken.id())
            .update();
    if (updated == 0) {
      throw new ProblemException(
          ProblemType.STATE_CONFLICT, "The address has taken another file already.");
    }
    return taken;
  }

  /**
   * What has come to an owner's address; absent before that, and where there is no such address.
   */
  public Optional<OwnedArtifact> find(String owner, UUID uploadId) {
    return jdbc.sql(
            """
            SELECT artifact_id FROM signed_uploads
            WHERE upload_id = ? AND owner = ? AND artifact_id IS NOT NULL
            """)
        .params(uploadId, owner)
        .query(UUID.class)
        .optional()
        .flatMap(id -> artifacts.find(owner, id));
  }

  private Row authorized(UUID uploadId, @Nullable String signature) {
    Row row =
        jdbc.sql("SELECT * FROM signed_uploads WHERE upload_id = ?")
            .param(uploadId)
            .query(Row.class)
            .optional()
            .filter(found ->
                signature != null
                    && MessageDigest.isEqual(
                        bytes(found.signatureHash()), bytes(sha256(signature))))
            .orElseThrow(() ->
                ProblemException.of(
                    ProblemType.UNAUTHORIZED,
                    FieldProblem.of("signature", "is not the one of this address")));
    if (!clock.instant().isBefore(row.expiresAt().toInstant())) {
      throw new ProblemException(
          ProblemType.UPLOAD_EXPIRED,
          "The address expired at " + row.expiresAt().toInstant() + ".");
    }
    return row;
  }

  private void clear(Instant now) {
    jdbc.sql(
            """
            DELETE FROM signed_uploads WHERE upload_id IN (
              SELECT upload_id FROM signed_uploads WHERE expires_at < ? ORDER BY expires_at LIMIT ?
              FOR UPDATE SKIP LOCKED)
            """)
        .params(utc(now.minus(1, ChronoUnit.DAYS)), CLEARED_AT_ONCE)
        .update();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
