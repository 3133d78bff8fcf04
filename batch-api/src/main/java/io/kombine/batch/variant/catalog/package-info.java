/** Products with their source images, image types and prompt templates. */
@NullMarked
package io.kombine.batch.variant.catalog;

import org.jspecify.annotations.NullMarked;
