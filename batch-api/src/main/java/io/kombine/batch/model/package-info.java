/** A batch, its groups, steps and deliveries as they are stored. */
@NullMarked
package io.kombine.batch.model;

import org.jspecify.annotations.NullMarked;
