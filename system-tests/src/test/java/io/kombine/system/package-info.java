/** Facts about the whole system, proven from outside, through its gateway alone. */
@NullMarked
package io.kombine.system;

import org.jspecify.annotations.NullMarked;
