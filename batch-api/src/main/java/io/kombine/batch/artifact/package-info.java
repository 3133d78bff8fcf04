/** Artifacts as clients know them: per owner, by random id, uploaded or fetched from a source. */
@NullMarked
package io.kombine.batch.artifact;

import org.jspecify.annotations.NullMarked;
