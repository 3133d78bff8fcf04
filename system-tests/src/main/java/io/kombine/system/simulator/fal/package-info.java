/** fal's queue, with image edit and image-to-video apps. */
@NullMarked
package io.kombine.system.simulator.fal;

import org.jspecify.annotations.NullMarked;
