/**
 * A server that speaks the wire formats of the paid providers, keeps their limits, fails on order
 * and counts every billable call.
 */
@NullMarked
package io.kombine.system.simulator;

import org.jspecify.annotations.NullMarked;
