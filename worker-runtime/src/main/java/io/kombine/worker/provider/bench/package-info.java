/** Providers that do no work, to measure everything around a call. Off unless configured. */
@NullMarked
package io.kombine.worker.provider.bench;

import org.jspecify.annotations.NullMarked;
