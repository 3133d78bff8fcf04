/**
 * The words that the services speak to each other: messages, topic names and the step state
 * machine.
 */
@NullMarked
package io.kombine.contracts;

import org.jspecify.annotations.NullMarked;
