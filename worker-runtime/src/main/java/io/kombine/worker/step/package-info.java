/** From a record of {@code steps.*} to its paid call and to everything that follows from it. */
@NullMarked
package io.kombine.worker.step;

import org.jspecify.annotations.NullMarked;
