/** What became of the files of a batch, counted apart from its steps. */
@NullMarked
package io.kombine.batch.delivery;

import org.jspecify.annotations.NullMarked;
