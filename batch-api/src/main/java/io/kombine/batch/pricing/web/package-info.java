/** The models over HTTP. */
@NullMarked
package io.kombine.batch.pricing.web;

import org.jspecify.annotations.NullMarked;
