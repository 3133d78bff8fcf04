/**
 * The operating system's processes that make up a stack: how they start, are known again, are
 * signalled and end.
 */
@NullMarked
package io.kombine.local.process;

import org.jspecify.annotations.NullMarked;
