package io.kombine.worker.limit;

import jakarta.validation.Valid;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The limits of accounts, to be set alike for all workers.
 *
 * @param accounts by account name, as {@code kombine.accounts.<name>}; an account that is not here
 *     has no limits
 * @param accountBreaker of every account, as {@code kombine.account-breaker}
 */
@Validated
@ConfigurationProperties("kombine")
record AccountProperties(
    @DefaultValue Map<String, @Valid AccountLimit> accounts,
    @Valid @DefaultValue BreakerProperties accountBreaker) {

  AccountLimit of(String account) {
    return accounts.getOrDefault(account, AccountLimit.NONE);
  }
}
