/** Who asks: the owner that a request acts for. */
@NullMarked
package io.kombine.batch.access;

import org.jspecify.annotations.NullMarked;
