package io.kombine.batch.artifact;

import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.contracts.ArtifactRef;
import io.kombine.worker.artifact.ArtifactTooLargeException;
import io.kombine.worker.artifact.ImageArtifacts;
import io.kombine.worker.artifact.ImageRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes images that clients upload: all of a request or none. */
@Service
public class UploadService {

  /** The most files of one request. */
  public static final int MAX_FILES = 50;

  private final ImageArtifacts images;
  private final OwnedArtifacts artifacts;
  private final TransactionTemplate transaction;

  UploadService(ImageArtifacts images, OwnedArtifacts artifacts, TransactionTemplate transaction) {
    this.images = images;
    this.artifacts = artifacts;
    this.transaction = transaction;
  }

  /**
   * A file on disk that the caller removes.
   *
   * @param name as the client calls it
   */
  public record Upload(Path file, @Nullable String name) {}

  /**
   * Judges the files by their content and keeps them.
   *
   * @throws ProblemException when there are none, too many, or any that is no usable image
   */
  public List<OwnedArtifact> take(String owner, List<Upload> uploads) throws IOException {
    FieldProblems problems = new FieldProblems();
    if (uploads.isEmpty() || uploads.size() > MAX_FILES) {
      problems.add("files", "must be 1 to " + MAX_FILES + " parts, not " + uploads.size());
      problems.throwIfAny(ProblemType.INVALID_REQUEST);
    }
    List<ArtifactRef> stored = new ArrayList<>();
    for (int i = 0; i < uploads.size(); i++) {
      ArtifactRef artifact = judge(uploads.get(i), "files[" + i + "]", problems);
      if (artifact != null) {
        stored.add(artifact);
      }
    }
    problems.throwIfAny(ProblemType.UNUSABLE_FILE);
    return transaction.execute(_ -> register(owner, uploads, stored));
  }

  /**
   * The same for one file that is a request's body.
   *
   * @param mediaType what it was announced as, and must be
   */
  OwnedArtifact takeBody(String owner, Upload upload, String mediaType) throws IOException {
    FieldProblems problems = new FieldProblems();
    ArtifactRef stored = judge(upload, "(body)", problems);
    if (stored != null && !stored.mediaType().equals(mediaType)) {
      problems.add(
          "(body)", "is %s, not the announced %s".formatted(stored.mediaType(), mediaType));
    }
    problems.throwIfAny(ProblemType.UNUSABLE_FILE);
    String name = plain(upload.name());
    ArtifactRef artifact = Objects.requireNonNull(stored);
    return new OwnedArtifact(artifacts.register(owner, artifact, name), artifact, name);
  }

  private @Nullable ArtifactRef judge(Upload upload, String field, FieldProblems problems)
      throws IOException {
    try {
      return images.put(upload.file());
    } catch (ImageRefusedException refused) {
      problems.add(field, refused.refusal().reason());
    } catch (ArtifactTooLargeException large) {
      problems.add(field, "is larger than " + large.limitBytes() + " bytes");
    }
    return null;
  }

  private List<OwnedArtifact> register(
      String owner, List<Upload> uploads, List<ArtifactRef> stored) {
    List<OwnedArtifact> owned = new ArrayList<>();
    for (int i = 0; i < stored.size(); i++) {
      String name = plain(uploads.get(i).name());
      UUID id = artifacts.register(owner, stored.get(i), name);
      owned.add(new OwnedArtifact(id, stored.get(i), name));
    }
    return owned;
  }

  /** The last part of what may be a path, without control characters. */
  private static @Nullable String plain(@Nullable String name) {
    if (name == null) {
      return null;
    }
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String plain = last.replaceAll("[\\p{Cntrl}\\p{Cs}]", "").strip();
    return plain.isEmpty() ? null : plain;
  }
}
