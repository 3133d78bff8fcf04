/** Images and image analyses made on this machine, without a network or a key. */
@NullMarked
package io.kombine.i2i.provider.local;

import org.jspecify.annotations.NullMarked;
