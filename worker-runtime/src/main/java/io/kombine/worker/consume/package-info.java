/** Consumption of a topic under partition-level permits, with offsets of its own. */
@NullMarked
package io.kombine.worker.consume;

import org.jspecify.annotations.NullMarked;
