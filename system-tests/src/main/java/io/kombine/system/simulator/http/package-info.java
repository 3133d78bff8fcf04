/**
 * HTTP as the simulator needs it: bounded requests in, answers out, including those that never
 * arrive whole.
 */
@NullMarked
package io.kombine.system.simulator.http;

import org.jspecify.annotations.NullMarked;
