/** Steering batches of any kind over HTTP. */
@NullMarked
package io.kombine.batch.control.web;

import org.jspecify.annotations.NullMarked;
