/** Batches and steps as clients read them, straight from the tables. */
@NullMarked
package io.kombine.batch.read;

import org.jspecify.annotations.NullMarked;
