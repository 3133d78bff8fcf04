/** Images by OpenAI's image API, through its own client. */
@NullMarked
package io.kombine.i2i.provider.openai;

import org.jspecify.annotations.NullMarked;
