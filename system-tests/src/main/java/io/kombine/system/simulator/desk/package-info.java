/** What a provider does with one call, whoever the vendor is: limits, faults, bill, answer. */
@NullMarked
package io.kombine.system.simulator.desk;

import org.jspecify.annotations.NullMarked;
