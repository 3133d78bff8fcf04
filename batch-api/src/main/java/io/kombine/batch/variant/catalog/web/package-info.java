/** The catalog over HTTP. */
@NullMarked
package io.kombine.batch.variant.catalog.web;

import org.jspecify.annotations.NullMarked;
