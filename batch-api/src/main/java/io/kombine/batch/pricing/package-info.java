/** The models that can be asked for, what they can do, what they cost, and quotes that bind. */
@NullMarked
package io.kombine.batch.pricing;

import org.jspecify.annotations.NullMarked;
