/** Which steps may go to the workers now: shallow windows, shared fairly between batches. */
@NullMarked
package io.kombine.batch.admission;

import org.jspecify.annotations.NullMarked;
