/** The pipelines front door over HTTP. */
@NullMarked
package io.kombine.batch.pipeline.web;

import org.jspecify.annotations.NullMarked;
