package io.kombine.contracts;

import org.jspecify.annotations.Nullable;

/**
 * How far a batch's deliveries are; counted apart from steps.
 *
 * @param files deliveries known so far, the manifest among them
 */
public record DeliveryProgress(int files, int delivered, int failed, @Nullable String folderUrl) {

  public static final DeliveryProgress NONE = new DeliveryProgress(0, 0, 0, null);

  public boolean allTerminal() {
    return delivered + failed == files;
  }
}
