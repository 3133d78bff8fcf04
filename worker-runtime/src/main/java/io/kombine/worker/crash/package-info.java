/** Boundaries at which a process may be told to die, to see what becomes of its work. */
@NullMarked
package io.kombine.worker.crash;

import org.jspecify.annotations.NullMarked;
