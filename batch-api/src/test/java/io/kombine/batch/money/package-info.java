/** What batches cost, with workers that a test can count. */
@NullMarked
package io.kombine.batch.money;

import org.jspecify.annotations.NullMarked;
