/** The front doors as clients meet them: over HTTP, on a real database. */
@NullMarked
package io.kombine.batch.door;

import org.jspecify.annotations.NullMarked;
