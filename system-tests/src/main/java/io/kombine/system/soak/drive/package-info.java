/** Does a schedule to a running system, watches it meanwhile, and collects the evidence. */
@NullMarked
package io.kombine.system.soak.drive;

import org.jspecify.annotations.NullMarked;
