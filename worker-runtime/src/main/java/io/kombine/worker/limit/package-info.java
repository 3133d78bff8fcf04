/** What an account may do over all workers: its rate, its calls at once, its spend, its breaker. */
@NullMarked
package io.kombine.worker.limit;

import org.jspecify.annotations.NullMarked;
