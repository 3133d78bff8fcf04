/** A short run of the kill suite. */
@NullMarked
package io.kombine.system.soak;

import org.jspecify.annotations.NullMarked;
