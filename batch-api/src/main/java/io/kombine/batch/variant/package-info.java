/** The variants front door: an image for each of many products, from its best source image. */
@NullMarked
package io.kombine.batch.variant;

import org.jspecify.annotations.NullMarked;
