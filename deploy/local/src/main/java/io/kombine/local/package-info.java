/**
 * The whole local stack: which processes it has, how they are configured, and how they start and
 * end together.
 */
@NullMarked
package io.kombine.local;

import org.jspecify.annotations.NullMarked;
