/** Speech made on this machine by espeak-ng, without a network or a key. */
@NullMarked
package io.kombine.audio.provider.local;

import org.jspecify.annotations.NullMarked;
