package io.kombine.batch.storyboard;

/**
 * A sentence's assets. A video depends on the image it was made of, so it is clean only where the
 * image is.
 *
 * @param videoOfImageMade whether the video of the image that is there, clean or not, has been made
 */
record SentenceAssets(Asset audio, Asset image, Asset video, boolean videoOfImageMade) {}
