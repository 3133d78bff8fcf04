package io.kombine.batch.account.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.account.Account;
import io.kombine.batch.account.Accounts;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The account that a request acts for: what it may spend and has spent. */
@RestController
@RequestMapping("/api/account")
class AccountController {

  private final Accounts accounts;

  AccountController(Accounts accounts) {
    this.accounts = accounts;
  }

  record Budget(@Nullable BigDecimal budget) {}

  @GetMapping
  Account account(Owner owner) {
    return accounts.of(owner.name());
  }

  @PutMapping("/budget")
  Account budget(Owner owner, @RequestBody Budget body) {
    BigDecimal budget = body.budget();
    if (budget == null) {
      throw wrong("is required");
    }
    if (budget.signum() < 0 || budget.precision() > 20 || Math.abs(budget.scale()) > 12) {
      throw wrong("must be 0 or more and have at most 12 decimals");
    }
    return accounts.budget(owner.name(), budget);
  }

  @DeleteMapping("/budget")
  Account unlimited(Owner owner) {
    return accounts.budget(owner.name(), null);
  }

  private static ProblemException wrong(String message) {
    return ProblemException.of(ProblemType.INVALID_REQUEST, FieldProblem.of("budget", message));
  }
}
