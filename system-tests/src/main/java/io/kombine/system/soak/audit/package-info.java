/** What was found after a run, and the guarantees that it is held to. Pure. */
@NullMarked
package io.kombine.system.soak.audit;

import org.jspecify.annotations.NullMarked;
