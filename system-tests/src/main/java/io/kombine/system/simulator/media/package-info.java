/** Real images and videos: read, remade from the input, and kept behind result URLs that expire. */
@NullMarked
package io.kombine.system.simulator.media;

import org.jspecify.annotations.NullMarked;
