package io.kombine.system.simulator.control;

import io.kombine.system.simulator.call.Vendor;
import org.jspecify.annotations.Nullable;

/** What changes of a vendor's limits and of the time that its work takes; the rest stays. */
record LimitChange(
    Vendor vendor,
    @Nullable Integer requests,
    @Nullable Long windowMs,
    @Nullable Integer concurrency,
    @Nullable Boolean retryHint,
    @Nullable Long minWorkMs,
    @Nullable Long maxWorkMs) {

  @SuppressWarnings("ConstantValue") // why: JSON leaves a missing vendor null
  LimitChange {
    if (vendor == null) {
      throw new IllegalArgumentException("vendor is missing");
    }
  }
}
