package io.kombine.batch.access;

import org.springframework.stereotype.Component;

/** The owners that requests can act for: those of configured keys, and the default one. */
@Component
public class KnownOwners {

  private final AccessProperties properties;

  KnownOwners(AccessProperties properties) {
    this.properties = properties;
  }

  public boolean knows(String owner) {
    return properties.keys().containsKey(owner) || owner.equals(properties.defaultOwner());
  }
}
