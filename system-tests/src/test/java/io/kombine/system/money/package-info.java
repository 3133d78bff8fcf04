/** What operators do about dead letters and money. */
@NullMarked
package io.kombine.system.money;

import org.jspecify.annotations.NullMarked;
