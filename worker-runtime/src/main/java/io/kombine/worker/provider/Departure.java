package io.kombine.worker.provider;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The moment in which a call's request leaves. Between the leave to call and that moment an adapter
 * reads inputs, encodes them and may use its client for the first time, which takes seconds in a
 * process that has just begun; a provider that counts by arrival would count such a call later than
 * we do, and refuse one that we thought it had room for.
 *
 * <p>Adapters put {@link #now()} into their HTTP client, before its exchange: an interceptor of the
 * thread that calls. Only the first request of a call counts; what polls later is none.
 */
public final class Departure {

  private static final ScopedValue<Departure> CURRENT = ScopedValue.newInstance();

  private final Runnable counted;
  private final AtomicBoolean over = new AtomicBoolean();

  private Departure(Runnable counted) {
    this.counted = counted;
  }

  /**
   * Makes a call.
   *
   * @param counted runs at most once, when the call's first request is about to leave
   */
  public static <T, X extends Throwable> T of(Runnable counted, ScopedValue.CallableOp<T, X> call)
      throws X {
    return ScopedValue.where(CURRENT, new Departure(counted)).call(call);
  }

  /** Says that a request is about to leave; nothing where this thread makes no call. */
  public static void now() {
    if (CURRENT.isBound() && CURRENT.get().over.compareAndSet(false, true)) {
      CURRENT.get().counted.run();
    }
  }
}
