/** The pipelines front door: sources × image prompts × video prompts. */
@NullMarked
package io.kombine.batch.pipeline;

import org.jspecify.annotations.NullMarked;
