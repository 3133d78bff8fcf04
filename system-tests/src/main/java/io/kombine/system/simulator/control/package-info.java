/** The simulator's own endpoints, for tests and for the auditor. */
@NullMarked
package io.kombine.system.simulator.control;

import org.jspecify.annotations.NullMarked;
