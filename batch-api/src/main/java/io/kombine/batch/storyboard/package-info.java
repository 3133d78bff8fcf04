/** Storyboards: projects of ordered sentences, each with speech, an image and a video. */
@NullMarked
package io.kombine.batch.storyboard;

import org.jspecify.annotations.NullMarked;
