/** What one call says of itself. */
@NullMarked
package io.kombine.system.simulator.call;

import org.jspecify.annotations.NullMarked;
