/** The worker of video steps. */
@NullMarked
package io.kombine.i2v;

import org.jspecify.annotations.NullMarked;
