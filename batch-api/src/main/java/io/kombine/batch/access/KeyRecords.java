package io.kombine.batch.access;

import io.kombine.batch.account.Accounts;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Gives every configured key, and the default owner, a record that may carry a budget. */
@Component
class KeyRecords implements SmartInitializingSingleton {

  private final AccessProperties properties;
  private final Accounts accounts;

  KeyRecords(AccessProperties properties, Accounts accounts) {
    this.properties = properties;
    this.accounts = accounts;
  }

  @Override
  public void afterSingletonsInstantiated() {
    properties.keys().forEach(accounts::record);
    if (properties.defaultOwner() != null) {
      accounts.record(properties.defaultOwner(), null);
    }
  }
}
