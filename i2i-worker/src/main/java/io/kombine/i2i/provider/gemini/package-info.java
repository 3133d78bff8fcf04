/** Images and analyses by Google's Gemini, through its own client. */
@NullMarked
package io.kombine.i2i.provider.gemini;

import org.jspecify.annotations.NullMarked;
