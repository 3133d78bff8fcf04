/** Strict limits of requests per sliding window and of calls at once, per vendor and key. */
@NullMarked
package io.kombine.system.simulator.limit;

import org.jspecify.annotations.NullMarked;
