/** Prompt rewriting over HTTP. */
@NullMarked
package io.kombine.batch.prompt.web;

import org.jspecify.annotations.NullMarked;
