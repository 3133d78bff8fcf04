/** Puts dead letters back where they came from. */
@NullMarked
package io.kombine.local.replay;

import org.jspecify.annotations.NullMarked;
