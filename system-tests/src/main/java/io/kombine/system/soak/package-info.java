/** Kills, pauses and restarts the whole system while it works, and audits what came of it. */
@NullMarked
package io.kombine.system.soak;

import org.jspecify.annotations.NullMarked;
