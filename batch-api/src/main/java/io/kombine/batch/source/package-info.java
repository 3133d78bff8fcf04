/** Source images of a request: the owner's artifacts, or addresses fetched once at submit. */
@NullMarked
package io.kombine.batch.source;

import org.jspecify.annotations.NullMarked;
