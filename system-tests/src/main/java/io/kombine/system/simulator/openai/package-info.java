/** OpenAI's image edit. */
@NullMarked
package io.kombine.system.simulator.openai;

import org.jspecify.annotations.NullMarked;
