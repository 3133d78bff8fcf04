/** Videos by the image-to-video apps of fal's queue. */
@NullMarked
package io.kombine.i2v.provider.fal;

import org.jspecify.annotations.NullMarked;
