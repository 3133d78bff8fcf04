/**
 * Every combination of a request as steps, before anything is written or run. Pure: no clock, no
 * ids, no I/O.
 */
@NullMarked
package io.kombine.batch.plan;

import org.jspecify.annotations.NullMarked;
