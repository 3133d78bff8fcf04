/** Storyboards over HTTP. */
@NullMarked
package io.kombine.batch.storyboard.web;

import org.jspecify.annotations.NullMarked;
