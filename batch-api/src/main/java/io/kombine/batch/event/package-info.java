/** Applies step.events to the database: one transaction a poll, offsets included. */
@NullMarked
package io.kombine.batch.event;

import org.jspecify.annotations.NullMarked;
