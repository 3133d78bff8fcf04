/** Kling's image to video, in both generations of its API. */
@NullMarked
package io.kombine.system.simulator.kling;

import org.jspecify.annotations.NullMarked;
