/** Cancel, pause, resume, retry and decide: what people do to a batch under way. */
@NullMarked
package io.kombine.batch.control;

import org.jspecify.annotations.NullMarked;
