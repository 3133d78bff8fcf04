package io.kombine.batch.problem;

import java.net.URI;
import java.util.Locale;

/**
 * Every kind of problem that batch-api answers with. The URI of each is stable: {@code
 * urn:kombine:problem:} and the constant's name in lower case with hyphens.
 *
 * <p>Status 400 means that the request is wrong whatever the system holds; 422 that it is well
 * formed and cannot be done with these models, sources or quotes; 409 that it contradicts what is
 * stored.
 */
public enum ProblemType {
  BAD_REQUEST(400, "The request is malformed"),
  MALFORMED_JSON(400, "The body is not JSON"),
  INVALID_REQUEST(400, "The request is not valid"),
  INVALID_IDEMPOTENCY_KEY(400, "The idempotency key is not valid"),
  UNAUTHORIZED(401, "The API key is missing or unknown"),
  NOT_FOUND(404, "There is nothing here"),
  BATCH_NOT_FOUND(404, "There is no such batch"),
  STEP_NOT_FOUND(404, "There is no such step"),
  GROUP_NOT_FOUND(404, "There is no such group"),
  ARTIFACT_NOT_FOUND(404, "There is no such artifact"),
  PROJECT_NOT_FOUND(404, "There is no such project"),
  SENTENCE_NOT_FOUND(404, "There is no such sentence"),
  PRODUCT_NOT_FOUND(404, "There is no such product"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "The answer cannot be given in that media type"),
  STATE_CONFLICT(409, "What is stored does not allow this"),
  GENERATION_RUNNING(409, "A generation of the project is running"),
  NOTHING_TO_GENERATE(409, "There is nothing to generate"),
  LIMIT_REACHED(409, "There are as many as there may be"),
  QUOTE_DIFFERS(409, "The quote is for something else"),
  DRY_RUN_REQUIRED(409, "There is no recent dry run of this batch"),
  UPLOAD_EXPIRED(410, "The upload address has expired"),
  BODY_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not taken"),
  RANGE_NOT_SATISFIABLE(416, "The range lies outside the artifact"),
  UNKNOWN_MODEL(422, "There is no such model"),
  MODEL_UNAVAILABLE(422, "The model cannot be used here"),
  UNSUPPORTED_BY_MODEL(422, "The model cannot do this"),
  UNUSABLE_SOURCE(422, "A source image cannot be used"),
  UNUSABLE_FILE(422, "A file cannot be used"),
  STORYBOARD_INCOMPLETE(422, "The storyboard lacks what its assets are made of"),
  UNKNOWN_QUOTE(422, "There is no such quote"),
  QUOTE_EXPIRED(422, "The quote has expired"),
  CONFIRM_COUNT_DIFFERS(422, "The count is not the number of clips"),
  NOT_APPROVED(422, "A scene has no approved image"),
  IMAGE_OF_ANOTHER_SCENE(422, "The image is not the scene's"),
  UNKNOWN_REFERENCE(422, "The request names something that is not there"),
  NO_SOURCE_IMAGE(422, "None of the products has such an image"),
  PLAN_TOO_LARGE(422, "The plan has too many steps"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key belongs to another request"),
  TOO_MANY_REQUESTS(429, "Too many requests at once"),
  INTERNAL_ERROR(500, "The service failed"),
  BUSY(503, "The service is busy");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The stable identifier. */
  public URI uri() {
    return URI.create("urn:kombine:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
