/** Videos made on this machine: camera motion over an image, encoded as H.264. */
@NullMarked
package io.kombine.i2v.provider.local;

import org.jspecify.annotations.NullMarked;
