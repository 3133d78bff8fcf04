/** The scene-rows front door: a dry run, images, one approved image a scene, videos of these. */
@NullMarked
package io.kombine.batch.scenes;

import org.jspecify.annotations.NullMarked;
