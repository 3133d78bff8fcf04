/**
 * The verbs of the {@code kombine} script that need Java: what a person types, and what is printed.
 */
@NullMarked
package io.kombine.local.command;

import org.jspecify.annotations.NullMarked;
