package io.kombine.system.simulator.desk;

import io.kombine.system.simulator.call.ApiCall;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.fault.Faults;
import io.kombine.system.simulator.fault.FiredFaults;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.BadRequestException;
import io.kombine.system.simulator.invoice.Invoice;
import io.kombine.system.simulator.invoice.Prices;
import io.kombine.system.simulator.limit.Admission.Admitted;
import io.kombine.system.simulator.limit.Admission.TooMany;
import io.kombine.system.simulator.limit.Admission.TooManyAtOnce;
import io.kombine.system.simulator.limit.Limits;
import io.kombine.system.simulator.limit.Slot;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What every call goes through: limits, then the script's refusals, then acceptance by the vendor's
 * own code, then what the script does to the answer. A slot is held until the call's work is over,
 * whether its caller is still there or not. Thread-safe.
 */
public final class Desk {

  private final Clock clock;
  private final Limits limits;
  private final Faults faults;
  private final Invoice invoice;
  private final Prices prices;
  private final WorkTimes workTimes;

  /** One for the whole simulator. */
  public Desk(
      Clock clock,
      Limits limits,
      Faults faults,
      Invoice invoice,
      Prices prices,
      WorkTimes workTimes) {
    this.clock = clock;
    this.limits = limits;
    this.faults = faults;
    this.invoice = invoice;
    this.prices = prices;
    this.workTimes = workTimes;
  }

  /** What a vendor does with a call that it accepts. */
  @FunctionalInterface
  public interface Work {

    /**
     * Checks the call, bills it and answers.
     *
     * @throws BadRequestException when the call is wrong, before it is billed
     */
    Answer accept(FiredFaults faults, Slot slot);
  }

  /** Handles a paid call: it counts in the window, and takes a slot. */
  public Answer paid(ApiCall call, Dialect dialect, Work work) {
    return limited(call, dialect, 1, true, work);
  }

  /** Handles a call that counts in the window by its weight. */
  public Answer limited(ApiCall call, Dialect dialect, int weight, boolean takesSlot, Work work) {
    return switch (limits.admit(call, weight, takesSlot)) {
      case TooMany refusal ->
          dialect.tooMany(limits.of(call.vendor()).retryHint() ? refusal.retryAfter() : null);
      case TooManyAtOnce _ -> dialect.tooManyAtOnce();
      case Admitted(Slot slot) -> {
        try (slot) {
          yield handle(call, dialect, slot, work);
        }
      }
    };
  }

  /** Handles a call that is free and has no limit, such as a query. */
  public Answer free(ApiCall call, Dialect dialect, Work work) {
    return handle(call, dialect, Slot.none(), work);
  }

  private Answer handle(ApiCall call, Dialect dialect, Slot slot, Work work) {
    FiredFaults fired = faults.fire(call);
    pause(fired.time(FaultKind.DELAY));
    Optional<FaultRule> refusing = fired.refusing();
    boolean later = dialect.refusesLater() && fired.has(FaultKind.REFUSAL);
    if (refusing.isPresent() && !later) {
      return dialect.of(refusing.get());
    }
    try {
      Answer answer = work.accept(fired, slot);
      pause(fired.time(FaultKind.LATENCY));
      return fired.disturb(answer);
    } catch (BadRequestException e) {
      return dialect.invalid(e.getMessage());
    } catch (Invoice.FullException _) {
      return dialect.serverError(503);
    }
  }

  /** How long the vendor works on a call: the same for the same request. */
  public Duration workTime(ApiCall call) {
    return workTimes.of(call);
  }

  /** Works on a synchronous call, in real time. */
  public void work(ApiCall call) {
    pause(workTime(call));
  }

  /** The invoice, for a vendor to bill on. */
  public Invoice invoice() {
    return invoice;
  }

  /** The prices. */
  public Prices prices() {
    return prices;
  }

  /** The time that all parts go by. */
  public Clock clock() {
    return clock;
  }

  /** How many tasks of a key of the vendor go on at once. */
  public int concurrency(Vendor vendor) {
    return limits.of(vendor).concurrency();
  }

  private static void pause(Duration time) {
    if (time.isPositive()) {
      try {
        Thread.sleep(time);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
