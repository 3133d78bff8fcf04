/** The slideshows front door: links × variations, each an analysis and an image for each slide. */
@NullMarked
package io.kombine.batch.slideshow;

import org.jspecify.annotations.NullMarked;
