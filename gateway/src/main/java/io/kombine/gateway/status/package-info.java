/** What this replica knows of the batches that somebody watches, kept current from step.events. */
@NullMarked
package io.kombine.gateway.status;

import org.jspecify.annotations.NullMarked;
