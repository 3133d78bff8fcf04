/** Fetches images from addresses that clients give, without ever reaching a private one. */
@NullMarked
package io.kombine.batch.artifact.fetch;

import org.jspecify.annotations.NullMarked;
