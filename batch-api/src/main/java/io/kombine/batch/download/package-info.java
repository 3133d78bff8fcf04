/** A batch's outputs as a zip, streamed. */
@NullMarked
package io.kombine.batch.download;

import org.jspecify.annotations.NullMarked;
