package io.kombine.contracts;

import tools.jackson.databind.JsonNode;

/**
 * What another service asks for on {@code generation.requests}. Only the fields here are the
 * envelope's; what {@code request} holds is the body of the kind's own REST request, as its OpenAPI
 * document says.
 *
 * @param requestId the client's, 1 to 200 visible ASCII characters: requests with this id are one,
 *     whatever number of times they come
 * @param request the body
 */
public record GenerationRequest(int version, String requestId, BatchKind kind, JsonNode request) {

  public static final int VERSION = 1;
}
