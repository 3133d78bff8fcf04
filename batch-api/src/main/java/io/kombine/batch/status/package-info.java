/** A batch as others see it: its events and its snapshots. */
@NullMarked
package io.kombine.batch.status;

import org.jspecify.annotations.NullMarked;
