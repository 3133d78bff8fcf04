/** The worker of speech. */
@NullMarked
package io.kombine.audio;

import org.jspecify.annotations.NullMarked;
