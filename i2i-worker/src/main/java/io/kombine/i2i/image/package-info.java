/** Image files, whoever makes them: how they are written. */
@NullMarked
package io.kombine.i2i.image;

import org.jspecify.annotations.NullMarked;
