/** What the built-in providers share: told latency, failures and rate limits, and their threads. */
@NullMarked
package io.kombine.worker.provider.local;

import org.jspecify.annotations.NullMarked;
