/** Videos by Kling's image-to-video API, of its generation with the model in the body. */
@NullMarked
package io.kombine.i2v.provider.kling;

import org.jspecify.annotations.NullMarked;
