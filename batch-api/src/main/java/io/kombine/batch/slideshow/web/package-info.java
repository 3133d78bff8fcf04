/** The slideshows front door over HTTP. */
@NullMarked
package io.kombine.batch.slideshow.web;

import org.jspecify.annotations.NullMarked;
