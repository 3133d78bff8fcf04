/** The worker of image steps and of analyses. */
@NullMarked
package io.kombine.i2i;

import org.jspecify.annotations.NullMarked;
