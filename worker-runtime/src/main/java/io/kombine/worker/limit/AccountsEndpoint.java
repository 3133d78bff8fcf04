package io.kombine.worker.limit;

import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * For operators: {@code GET /actuator/accounts} tells which accounts are in trouble and why, {@code
 * POST /actuator/accounts/{name}} resumes one for all workers (204; 404 where nothing is known of
 * it).
 */
@Endpoint(id = "accounts")
class AccountsEndpoint {

  private final AccountLimits limits;

  AccountsEndpoint(AccountLimits limits) {
    this.limits = limits;
  }

  @ReadOperation
  List<AccountTrouble> troubles() {
    return limits.troubles();
  }

  @WriteOperation
  WebEndpointResponse<Void> resume(@Selector String name) {
    return new WebEndpointResponse<>(
        limits.resume(name)
            ? WebEndpointResponse.STATUS_NO_CONTENT
            : WebEndpointResponse.STATUS_NOT_FOUND);
  }
}
