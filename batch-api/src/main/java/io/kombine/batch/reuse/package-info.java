/** Which steps of a plan would not run, since their owner has their outputs already. */
@NullMarked
package io.kombine.batch.reuse;

import org.jspecify.annotations.NullMarked;
