/** The web console: its pages' addresses, and what browsers may do on them. */
@NullMarked
package io.kombine.gateway.console;

import org.jspecify.annotations.NullMarked;
