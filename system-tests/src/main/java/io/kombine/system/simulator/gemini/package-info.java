/** Gemini's generateContent for images and for text. */
@NullMarked
package io.kombine.system.simulator.gemini;

import org.jspecify.annotations.NullMarked;
