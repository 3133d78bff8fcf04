/** The whole system as processes, to be driven from outside and measured inside its providers. */
@NullMarked
package io.kombine.system;

import org.jspecify.annotations.NullMarked;
