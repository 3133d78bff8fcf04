/** Prices and the invoice: one line for every call that a provider would bill. */
@NullMarked
package io.kombine.system.simulator.invoice;

import org.jspecify.annotations.NullMarked;
