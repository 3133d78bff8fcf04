/** The workers' adapters of paid providers, held against the simulator and its invoice. */
@NullMarked
package io.kombine.system.adapter;

import org.jspecify.annotations.NullMarked;
