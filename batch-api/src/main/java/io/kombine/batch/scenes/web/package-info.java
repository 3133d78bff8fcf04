/** The scene-rows front door over HTTP. */
@NullMarked
package io.kombine.batch.scenes.web;

import org.jspecify.annotations.NullMarked;
