/**
 * What providers behind HTTP have in common: paid requests that are sent once, and their videos.
 */
@NullMarked
package io.kombine.i2v.remote;

import org.jspecify.annotations.NullMarked;
