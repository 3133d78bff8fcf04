/** How long the rest of a batch will take, from the calls observed. */
@NullMarked
package io.kombine.batch.eta;

import org.jspecify.annotations.NullMarked;
