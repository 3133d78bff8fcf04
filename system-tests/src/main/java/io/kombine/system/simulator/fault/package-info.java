/** Faults by script: which calls they meet and what they do to them. */
@NullMarked
package io.kombine.system.simulator.fault;

import org.jspecify.annotations.NullMarked;
