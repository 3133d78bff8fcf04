/** Reading and steering batches of any kind over HTTP. */
@NullMarked
package io.kombine.batch.read.web;

import org.jspecify.annotations.NullMarked;
