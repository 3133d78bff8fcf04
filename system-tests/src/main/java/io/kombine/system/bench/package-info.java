/** Benchmarks of the whole system, from outside. */
@NullMarked
package io.kombine.system.bench;

import org.jspecify.annotations.NullMarked;
