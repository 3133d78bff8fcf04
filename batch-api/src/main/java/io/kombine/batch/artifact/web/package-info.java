/** Uploads and artifacts over HTTP. */
@NullMarked
package io.kombine.batch.artifact.web;

import org.jspecify.annotations.NullMarked;
