/** Rewrites prompts into richer ones through text models. */
@NullMarked
package io.kombine.batch.prompt;

import org.jspecify.annotations.NullMarked;
